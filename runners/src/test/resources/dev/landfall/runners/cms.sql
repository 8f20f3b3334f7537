-- A CMS as most of the web has it: dates that are NOT NULL and zero, keys and values in tables of
-- their own, prefix indexes, slugs that are unique without regard to case.

SET sql_mode = '';

SET time_zone = '+00:00';

CREATE TABLE digit (d int PRIMARY KEY);

INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);

CREATE TABLE number (n int PRIMARY KEY);

INSERT INTO number
SELECT a.d + 10 * b.d + 100 * c.d + 1 FROM digit a, digit b, digit c;

CREATE TABLE cms_users (
  ID bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  login varchar(60) NOT NULL DEFAULT '',
  pass varchar(255) NOT NULL DEFAULT '',
  nicename varchar(50) NOT NULL DEFAULT '',
  registered datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  activation_key varchar(255) NOT NULL DEFAULT '',
  status int(11) NOT NULL DEFAULT 0,
  spam tinyint(2) NOT NULL DEFAULT 0,
  deleted tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (ID),
  KEY login (login),
  UNIQUE KEY nicename (nicename)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_users
SELECT n, concat('User', n), md5(n), concat('user-', n), '2010-05-05 05:05:05' + INTERVAL n DAY, '',
  0, 0, n % 2
FROM number WHERE n <= 50;

UPDATE cms_users SET registered = '0000-00-00 00:00:00' WHERE ID = 1;

CREATE TABLE cms_usermeta (
  umeta_id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  user_id bigint(20) unsigned NOT NULL DEFAULT 0,
  meta_key varchar(255) DEFAULT NULL,
  meta_value longtext,
  PRIMARY KEY (umeta_id),
  KEY user_id (user_id),
  KEY meta_key (meta_key(191))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_usermeta
SELECT n * 10 + d, 1 + n % 50, elt(1 + d, 'nickname', 'roles', 'locale', NULL),
  elt(1 + d, concat('nické', n), 'a:1:{s:6:"editor";b:1;}', '', NULL)
FROM number, digit WHERE n <= 200 AND d < 4;

CREATE TABLE cms_posts (
  ID bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  author bigint(20) unsigned NOT NULL DEFAULT 0,
  post_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  post_date_gmt datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  content longtext NOT NULL,
  title text NOT NULL,
  excerpt text NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'publish',
  slug varchar(200) NOT NULL DEFAULT '',
  modified datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  parent bigint(20) unsigned NOT NULL DEFAULT 0,
  guid varchar(255) NOT NULL DEFAULT '',
  menu_order int(11) NOT NULL DEFAULT 0,
  type varchar(20) NOT NULL DEFAULT 'post',
  comment_count bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (ID),
  KEY slug (slug(191)),
  KEY type_status_date (type, status, post_date, ID),
  KEY parent (parent),
  KEY author (author),
  FULLTEXT KEY words (title, content)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_posts
SELECT n, 1 + n % 50, '2011-01-01 10:00:00' + INTERVAL n HOUR,
  if(n % 10, '2011-01-01 09:00:00' + INTERVAL n HOUR, '0000-00-00 00:00:00'),
  concat('<p>', repeat(concat('Grün 😀 "', n, '" \\\\ '), n % 100), '</p>\r\n'),
  concat('Title ', n, if(n % 7, '', ' 👩‍🚀')), '', if(n % 10, 'publish', 'draft'),
  concat('title-', n), '2012-01-01 00:00:00' + INTERVAL n MINUTE, if(n % 4, 0, n - 1),
  concat('https://example.com/?p=', n), 0, elt(1 + n % 3, 'post', 'page', 'revision'), n % 20
FROM number;

CREATE TABLE cms_postmeta (
  meta_id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  post_id bigint(20) unsigned NOT NULL DEFAULT 0,
  meta_key varchar(255) DEFAULT NULL,
  meta_value longtext,
  PRIMARY KEY (meta_id),
  KEY post_id (post_id),
  KEY meta_key (meta_key(191))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_postmeta
SELECT n * 10 + d, n, elt(1 + d, '_thumbnail_id', '_edit_lock', 'Ünï'),
  elt(1 + d, n * 3, concat(1300000000 + n, ':1'), repeat('x', n))
FROM number, digit WHERE d < 3;

CREATE TABLE cms_terms (
  term_id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  name varchar(200) NOT NULL DEFAULT '',
  slug varchar(200) NOT NULL DEFAULT '',
  term_group bigint(10) NOT NULL DEFAULT 0,
  PRIMARY KEY (term_id),
  UNIQUE KEY slug (slug),
  KEY name (name(191))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_terms VALUES (1, 'Uncategorized', 'uncategorized', 0), (2, 'Café', 'CAFÉ', 0),
  (3, 'Straße', 'straße', 0), (4, 'İstanbul', 'istanbul', 0), (5, '東京', '東京', 0);

CREATE TABLE cms_term_relationships (
  object_id bigint(20) unsigned NOT NULL DEFAULT 0,
  taxonomy_id bigint(20) unsigned NOT NULL DEFAULT 0,
  term_order int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (object_id, taxonomy_id),
  KEY taxonomy_id (taxonomy_id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_term_relationships SELECT n, 1 + d, 0 FROM number, digit WHERE d < n % 4;

CREATE TABLE cms_options (
  option_id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  option_name varchar(191) NOT NULL DEFAULT '',
  option_value longtext NOT NULL,
  autoload varchar(20) NOT NULL DEFAULT 'yes',
  PRIMARY KEY (option_id),
  UNIQUE KEY option_name (option_name),
  KEY autoload (autoload)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_options VALUES (1, 'siteurl', 'https://example.com', 'yes'),
  (2, 'blogname', 'Don\'t "panic" 😀', 'yes'), (3, 'empty', '', 'no'),
  (4, '_transient_long', repeat('ab\n', 100000), 'no');

CREATE TABLE cms_comments (
  comment_id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  post_id bigint(20) unsigned NOT NULL DEFAULT 0,
  author tinytext NOT NULL,
  author_ip varchar(100) NOT NULL DEFAULT '',
  comment_date datetime NOT NULL DEFAULT '0000-00-00 00:00:00',
  content text NOT NULL,
  karma int(11) NOT NULL DEFAULT 0,
  approved varchar(20) NOT NULL DEFAULT '1',
  parent bigint(20) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (comment_id),
  KEY post_id (post_id),
  KEY approved_date (approved, comment_date),
  KEY author (author(10))
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO cms_comments
SELECT n, 1 + n % 300, concat('Ann ', n % 9), '2001:db8::1', '2013-03-31 02:00:00' + INTERVAL n HOUR,
  concat('👍 ', n, '\0'), 0, '1', 0
FROM number WHERE n <= 0;

INSERT INTO cms_comments
SELECT n, 1 + n % 300, concat('Ann ', n % 9), '2001:db8::1', '2013-03-31 02:00:00' + INTERVAL n HOUR,
  concat('👍 ', n), 0, '1', 0
FROM number WHERE n <= 700;

DROP TABLE digit, number;
