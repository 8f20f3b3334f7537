-- A shop as shops are: large and small tables, composite and missing keys, odd values.
-- For MySQL 8.0 and MariaDB; every value follows from its row's number, so each demo moves the same.
set names utf8mb4;
set session sql_mode = 'NO_ENGINE_SUBSTITUTION';
set session unique_checks = 0;
set session foreign_key_checks = 0;

create table numbers (n int unsigned not null primary key) engine = InnoDB;

insert into numbers
  select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d + 1
  from (select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
        union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) a
  cross join (select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
        union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) b
  cross join (select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
        union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) c
  cross join (select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
        union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) e
  cross join (select 0 as d union all select 1 union all select 2 union all select 3 union all select 4
        union all select 5 union all select 6 union all select 7 union all select 8 union all select 9) f
  cross join (select 0 as d union all select 1 union all select 2 union all select 3 union all select 4) g;

create table users (
  id int unsigned not null auto_increment primary key,
  email varchar(120) not null,
  name varchar(80) character set utf8mb4 not null,
  country char(2) not null,
  about text character set utf8mb4 null comment 'whatever people write about themselves',
  born date null,
  balance decimal(12, 2) not null,
  rating double null,
  active tinyint(1) not null,
  settings json null,
  token varbinary(16) null,
  created_at datetime(3) not null,
  seen_at timestamp null
) engine = InnoDB comment = 'everybody who ever bought something';

insert into users
  select
    n,
    concat('user', n, '@example.com'),
    concat(
      elt(1 + n % 8, 'Ada', 'Zoë', 'Łukasz', '美咲', 'Иван', 'Jürgen', 'Noor', 'O''Hara'), ' ',
      elt(1 + n % 7, 'Smith', 'García', 'Nowak', '田中', 'Öztürk', 'Müller', 'de la Cruz')),
    elt(1 + n % 6, 'DE', 'FR', 'JP', 'PL', 'TR', 'US'),
    case n % 9
      when 0 then null
      when 1 then ''
      when 2 then 'Sails at dawn 🚢⚓'
      when 3 then 'tab\there, line\nbreak'
      when 4 then 'C:\\temp\\new and \\N and \\.'
      when 5 then '  spaces around  '
      else concat('I am number ', n, ' and I like quotes: ''single'', "double", `back`')
    end,
    case when n % 5 = 0 then null else date_add('1950-01-01', interval n % 20000 day) end,
    round((n * 7919 % 1000000) / 100 - 2500, 2),
    case when n % 11 = 0 then null else n / 7 end,
    n % 10 <> 0,
    case when n % 4 = 0 then null
      else json_object('theme', elt(1 + n % 3, 'light', 'dark', 'sepia'), 'visits', n % 500, 'tags', json_array('a', n % 3)) end,
    case when n % 6 = 0 then null else unhex(md5(n)) end,
    date_add('2015-01-01 00:00:00.000', interval n * 631 second),
    case when n % 3 = 0 then null else date_add('2024-01-01 00:00:00', interval n % 31000000 second) end
  from numbers;

create table categories (
  id smallint unsigned not null auto_increment primary key,
  parent_id smallint unsigned null,
  name varchar(60) not null,
  unique key name (name)
) engine = InnoDB;

insert into categories
  select n, case when n <= 8 then null else 1 + n % 8 end, concat('Category ', n) from numbers where n <= 60;

create table products (
  id int unsigned not null auto_increment primary key,
  category_id smallint unsigned not null,
  sku varchar(20) not null,
  name varchar(100) not null,
  price decimal(10, 2) not null,
  state enum('draft', 'on sale', 'sold out') not null,
  badges set('new', 'eco', 'heavy') not null,
  unique key sku (sku),
  key category (category_id)
) engine = InnoDB;

insert into products
  select
    n, 1 + n % 60, concat('SKU-', lpad(n, 8, '0')), concat('Product ', n, ' ½ × ', n % 12),
    1 + n % 9973 / 10, 1 + n % 3, n % 8
  from numbers where n <= 20000;

create table orders (
  id bigint unsigned not null auto_increment primary key,
  user_id int unsigned not null,
  state enum('cart', 'paid', 'shipped', 'returned') not null,
  note varchar(200) null,
  total decimal(12, 2) not null,
  ordered_at datetime not null,
  key user_time (user_id, ordered_at)
) engine = InnoDB;

insert into orders
  select
    n * 3, 1 + n * 7 % 500000, 1 + n % 4,
    case n % 13 when 0 then 'leave at the door 🚪' when 1 then '' else null end,
    n % 50000 / 100, date_add('2020-01-01 00:00:00', interval n * 397 second)
  from numbers where n <= 300000;

create table order_items (
  order_id bigint unsigned not null,
  line_no tinyint unsigned not null,
  product_id int unsigned not null,
  quantity smallint not null,
  price decimal(10, 2) not null,
  primary key (order_id, line_no)
) engine = InnoDB;

insert into order_items
  select o.n * 3, l.n, 1 + (o.n * 31 + l.n * 17) % 20000, 1 + o.n % 5, 1 + o.n % 9973 / 10
  from numbers o join numbers l on l.n <= 1 + o.n % 3
  where o.n <= 300000;

create table page_views (
  path varchar(120) not null,
  user_id int unsigned null,
  viewed_at datetime not null
) engine = InnoDB comment = 'no key: the same row may be there twice';

insert into page_views
  select
    concat('/product/', n % 500), case when n % 3 = 0 then null else n % 1000 end,
    date_add('2024-06-01 00:00:00', interval n % 5000 second)
  from numbers where n <= 60000;

drop table numbers;

alter table products add constraint products_category foreign key (category_id) references categories (id);
alter table orders add constraint orders_user foreign key (user_id) references users (id);
alter table order_items
  add constraint order_items_order foreign key (order_id) references orders (id),
  add constraint order_items_product foreign key (product_id) references products (id);

analyze table users, categories, products, orders, order_items, page_views;
