-- A shop that grew for twelve years: three generations of programmers, no strict mode, two
-- character sets. A statement ends with a semicolon and an empty line.

SET sql_mode = '';

SET time_zone = '+00:00';

SET FOREIGN_KEY_CHECKS = 0;

CREATE TABLE digit (d int PRIMARY KEY);

INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);

CREATE TABLE number (n int PRIMARY KEY);

INSERT INTO number
SELECT a.d + 10 * b.d + 100 * c.d + 1 FROM digit a, digit b, digit c;

CREATE TABLE `Customers` (
  `CustomerID` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `Email` varchar(120) CHARACTER SET latin1 NOT NULL DEFAULT '',
  `Name` varchar(80) COLLATE utf8mb4_general_ci DEFAULT NULL COMMENT 'as typed, "odd" ones too',
  `Street` varchar(80) CHARACTER SET latin1 COLLATE latin1_german1_ci DEFAULT NULL,
  `Salutation` enum('Mr','Mrs','','n/a') DEFAULT NULL,
  `Level` enum('bronze','silver','gold') NOT NULL DEFAULT 'bronze',
  `Interests` set('boats','ropes','sails') NOT NULL DEFAULT '',
  `Newsletter` tinyint(1) NOT NULL DEFAULT 0,
  `Active` tinyint(1) DEFAULT 1,
  `Birthday` date DEFAULT '0000-00-00',
  `LastLogin` datetime DEFAULT NULL,
  `Created` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `Changed` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `Balance` float(9,2) NOT NULL DEFAULT 0.00,
  `Notes` mediumtext CHARACTER SET utf8mb3,
  PRIMARY KEY (`CustomerID`),
  UNIQUE KEY `Email` (`Email`),
  KEY `NameStreet` (`Name`(10), `Street`(5)),
  FULLTEXT KEY `NotesText` (`Notes`)
) DEFAULT CHARSET=utf8mb4 AUTO_INCREMENT=5000 COMMENT='who buys; don''t delete';

INSERT INTO `Customers`
SELECT n, concat('customer', n, if(n % 3, '@example.com', '@müller.example')),
  if(n % 11 = 0, NULL, concat('Jürgen Łuczak ', n)),
  if(n % 5, concat('Grüner Weg ', n), ' '), 1 + n % 4, 1 + n % 3, n % 8, n % 2, n % 3,
  if(n % 50 = 0, '0000-00-00', '1950-01-01' + INTERVAL n * 17 DAY),
  if(n % 60 = 0, '0000-00-00 00:00:00', '2012-03-25 02:30:00' + INTERVAL n * 7001 SECOND),
  '2012-10-28 00:00:00' + INTERVAL n * 1800 SECOND, '2024-03-31 00:30:00' + INTERVAL n MINUTE,
  n * 1.1 - 100, if(n % 4, repeat(concat('note ', n, ' '), n % 40), '')
FROM number WHERE n <= 500;

-- Index 0 of an enum, an empty name beside NULL, text that was encoded twice.
UPDATE `Customers` SET `Level` = 'platinum', `Name` = '' WHERE `CustomerID` = 13;

UPDATE `Customers` SET `Name` = convert(cast(convert('Jürgen' USING utf8mb4) AS binary) USING latin1),
  `Notes` = 'tab\there, line\nbreak, back\\\\slash, €, \\N' WHERE `CustomerID` = 14;

CREATE TABLE category (
  id smallint NOT NULL,
  parent smallint DEFAULT NULL,
  `desc` varchar(50) NOT NULL,
  `order` int NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY parent (parent),
  CONSTRAINT category_parent FOREIGN KEY (parent) REFERENCES category (id) ON DELETE SET NULL
);

INSERT INTO category VALUES (1, NULL, 'All', 1), (2, 1, 'Boats', 2), (3, 1, 'Ropes', 1),
  (4, 3, 'Thin', 0), (-1, 1, 'Hidden', 99);

CREATE TABLE product (
  sku varchar(20) NOT NULL,
  category_id smallint DEFAULT NULL,
  title varchar(200) NOT NULL,
  price float NOT NULL DEFAULT 0,
  old_price double DEFAULT NULL,
  weight decimal(8,3) unsigned DEFAULT NULL,
  stock int NOT NULL DEFAULT 0,
  picture blob,
  attributes json DEFAULT NULL,
  gross decimal(12,2) GENERATED ALWAYS AS (round(stock * 119 / 100, 2)) STORED,
  short_title varchar(20) GENERATED ALWAYS AS (left(title, 20)) VIRTUAL,
  PRIMARY KEY (sku),
  KEY title (title(30)),
  KEY category_price (category_id, price),
  CONSTRAINT product_category FOREIGN KEY (category_id) REFERENCES category (id) ON UPDATE CASCADE
) DEFAULT CHARSET=utf8mb4;

INSERT INTO product (sku, category_id, title, price, old_price, weight, stock, picture, attributes)
SELECT concat(if(n % 2, 'ab-', 'AB-'), lpad(n, 4, '0')), elt(1 + n % 5, 1, 2, 3, 4, NULL),
  concat('Segel ⛵ ', n, ' "fein"'), n * 0.99, n / 3, n / 1000, n - 5,
  if(n % 3, unhex(concat('00', md5(n), '5c0a')), NULL),
  concat('{"colour": "grün", "sizes": [', n, ', 1.50], "n": null}')
FROM number WHERE n <= 200;

CREATE TABLE `order` (
  id bigint NOT NULL AUTO_INCREMENT,
  `user` int(10) unsigned NOT NULL,
  placed datetime(3) NOT NULL,
  shipped date DEFAULT NULL,
  paid_after time DEFAULT NULL,
  season year NOT NULL,
  status char(1) CHARACTER SET ascii NOT NULL DEFAULT 'o',
  total float NOT NULL,
  `references` bigint DEFAULT NULL,
  PRIMARY KEY (id),
  KEY `user` (`user`),
  KEY `references` (`references`),
  CONSTRAINT order_user FOREIGN KEY (`user`) REFERENCES `Customers` (`CustomerID`)
);

INSERT INTO `order`
SELECT n, 1 + n % 500, '2013-01-01 08:00:00.125' + INTERVAL n * 3 HOUR,
  if(n % 9, '2013-01-02' + INTERVAL n DAY, NULL),
  sec_to_time((n - 500) * 3599), 2013 + n % 12, elt(1 + n % 3, 'o', 'p', 's'), n * 19.99,
  if(n % 20, NULL, n - 1)
FROM number;

CREATE TABLE order_item (
  order_id bigint NOT NULL,
  line tinyint unsigned NOT NULL,
  sku varchar(20) NOT NULL,
  quantity mediumint unsigned NOT NULL DEFAULT 1,
  price decimal(10,4) NOT NULL,
  PRIMARY KEY (order_id, line),
  KEY sku (sku),
  CONSTRAINT item_order FOREIGN KEY (order_id) REFERENCES `order` (id) ON DELETE CASCADE,
  CONSTRAINT item_product FOREIGN KEY (sku) REFERENCES product (sku)
) DEFAULT CHARSET=utf8mb4;

INSERT INTO order_item
SELECT n, d, concat(if(p % 2, 'ab-', 'AB-'), lpad(p, 4, '0')), 1 + d, p * 0.99
FROM (SELECT n, d, 1 + (n * 7 + d) % 200 AS p FROM number, digit WHERE d < 1 + n % 5) positions;

-- No key at all, and the same row more than once.
CREATE TABLE hits (day date, page varchar(30), ip int unsigned);

INSERT INTO hits
SELECT '2020-01-01' + INTERVAL n % 10 DAY, if(n % 7, '/index.php', NULL), 3232235520 + n % 3
FROM number;

CREATE TABLE log (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  at datetime NOT NULL,
  level tinyint NOT NULL,
  message text,
  PRIMARY KEY (id, at),
  KEY at (at)
) DEFAULT CHARSET=latin1
PARTITION BY RANGE (year(at)) (
  PARTITION p2019 VALUES LESS THAN (2020),
  PARTITION p2020 VALUES LESS THAN (2021),
  PARTITION later VALUES LESS THAN MAXVALUE
);

INSERT INTO log
SELECT n + 1000 * d, '2019-06-01 12:00:00' + INTERVAL n + 300 * d DAY, n % 5,
  concat('café ', n, ' €')
FROM number, digit WHERE d < 3;

CREATE TABLE `group` (
  `select` int NOT NULL,
  `from` int NOT NULL,
  `where` varchar(10) DEFAULT NULL,
  `User` bit(3) NOT NULL DEFAULT b'101',
  `limit` varchar(10) DEFAULT 'it''s',
  `naïve` int DEFAULT NULL,
  PRIMARY KEY (`select`, `from`),
  UNIQUE KEY `primary_key` (`where`, `from`)
);

INSERT INTO `group` VALUES (1, 2, 'x', b'111', 'y', 3), (1, 3, NULL, b'000', NULL, NULL);

CREATE VIEW order_totals AS
SELECT o.id, o.placed, count(*) AS items, sum(i.price * i.quantity) AS total
FROM `order` o JOIN order_item i ON i.order_id = o.id GROUP BY o.id, o.placed;

CREATE VIEW `Active Customers` AS SELECT `CustomerID`, `Name` FROM `Customers` WHERE `Active` = 1;

CREATE TRIGGER item_stock AFTER INSERT ON order_item FOR EACH ROW
  UPDATE product SET stock = stock - NEW.quantity WHERE sku = NEW.sku;

CREATE PROCEDURE forget(IN customer int)
BEGIN
  DELETE FROM `order` WHERE `user` = customer;
  DELETE FROM `Customers` WHERE `CustomerID` = customer;
END;

CREATE FUNCTION vat(net decimal(10,2)) RETURNS decimal(10,2) DETERMINISTIC NO SQL
  RETURN net * 0.19;

CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM hits WHERE day < '2015-01-01';

DROP TABLE digit, number;
