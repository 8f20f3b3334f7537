-- A general ledger: money to the last digit, keys of several columns, tables that refer to each
-- other.

SET time_zone = '+00:00';

CREATE TABLE digit (d int PRIMARY KEY);

INSERT INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);

CREATE TABLE number (n int PRIMARY KEY);

INSERT INTO number
SELECT a.d + 10 * b.d + 100 * c.d + 1 FROM digit a, digit b, digit c;

CREATE TABLE company (
  id bigint unsigned NOT NULL,
  name varchar(100) NOT NULL,
  head bigint unsigned DEFAULT NULL,
  currency char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'EUR',
  founded date NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY name (name)
) DEFAULT CHARSET=utf8mb4;

CREATE TABLE employee (
  id bigint unsigned NOT NULL,
  company_id bigint unsigned NOT NULL,
  manager bigint unsigned DEFAULT NULL,
  name varchar(100) NOT NULL,
  salary decimal(15,4) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT employee_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT employee_manager FOREIGN KEY (manager) REFERENCES employee (id) ON DELETE SET NULL,
  CONSTRAINT employee_salary CHECK (salary >= 0)
) DEFAULT CHARSET=utf8mb4;

-- A company has a head who is an employee of a company.
ALTER TABLE company ADD CONSTRAINT company_head FOREIGN KEY (head) REFERENCES employee (id);

-- The largest ids are beyond bigint.
INSERT INTO company VALUES (18446744073709551615, 'Große & Söhne', NULL, 'EUR', '1871-01-18'),
  (1, 'Small', NULL, 'USD', '2020-02-29');

INSERT INTO employee
SELECT 18446744073709551615 - n, if(n % 3, 1, 18446744073709551615),
  if(n = 1, NULL, 18446744073709551615 - n div 2), concat('Employee ', n), n * 1234.5678
FROM number WHERE n <= 300 ORDER BY n;

UPDATE company SET head = 18446744073709551614;

CREATE TABLE account (
  company_id bigint unsigned NOT NULL,
  code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  name varchar(60) NOT NULL,
  kind enum('asset','liability','equity','income','expense') NOT NULL,
  opened date NOT NULL,
  closed date DEFAULT NULL,
  PRIMARY KEY (company_id, code),
  KEY parent (company_id, parent_code),
  CONSTRAINT account_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT account_parent FOREIGN KEY (company_id, parent_code)
    REFERENCES account (company_id, code),
  CONSTRAINT account_dates CHECK (closed IS NULL OR closed >= opened)
) DEFAULT CHARSET=utf8mb4;

INSERT INTO account
SELECT 1, n, if(n < 10, NULL, n div 10), concat('Konto ', n), 1 + n % 5, '2020-01-01',
  if(n % 100, NULL, '2020-01-01')
FROM number ORDER BY n;

CREATE TABLE entry (
  company_id bigint unsigned NOT NULL,
  year smallint unsigned NOT NULL,
  number int unsigned NOT NULL,
  booked datetime(6) NOT NULL,
  text varchar(200) NOT NULL DEFAULT '',
  reversed_year smallint unsigned DEFAULT NULL,
  reversed_number int unsigned DEFAULT NULL,
  PRIMARY KEY (company_id, year, number),
  CONSTRAINT entry_company FOREIGN KEY (company_id) REFERENCES company (id),
  CONSTRAINT entry_reversed FOREIGN KEY (company_id, reversed_year, reversed_number)
    REFERENCES entry (company_id, year, number)
) DEFAULT CHARSET=utf8mb4;

INSERT INTO entry
SELECT if(n % 2, 1, 18446744073709551615), 2020 + n % 4, n, '2020-01-01 00:00:00.000001' + INTERVAL n DAY,
  concat('Buchung ', n), if(n > 4 AND n % 50 = 4, 2020 + n % 4, NULL), if(n > 4 AND n % 50 = 4, n - 4, NULL)
FROM number ORDER BY n;

CREATE TABLE posting (
  company_id bigint unsigned NOT NULL,
  year smallint unsigned NOT NULL,
  number int unsigned NOT NULL,
  line smallint NOT NULL,
  account_company bigint unsigned NOT NULL,
  account_code varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount decimal(38,18) NOT NULL,
  rate decimal(65,30) DEFAULT NULL,
  amount_cents bigint AS (cast(round(amount * 100) AS signed)) STORED,
  PRIMARY KEY (company_id, year, number, line),
  KEY account (account_company, account_code),
  CONSTRAINT posting_entry FOREIGN KEY (company_id, year, number)
    REFERENCES entry (company_id, year, number) ON DELETE CASCADE,
  CONSTRAINT posting_account FOREIGN KEY (account_company, account_code)
    REFERENCES account (company_id, code),
  CONSTRAINT posting_amount CHECK (amount <> 0)
) DEFAULT CHARSET=utf8mb4;

INSERT INTO posting (company_id, year, number, line, account_company, account_code, amount, rate)
SELECT company_id, year, number, d, 1, 1 + (number * 3 + d) % 1000,
  if(d % 2, -1, 1) * (number + 0.123456789012345678),
  if(d, NULL, 1.000000000000000000000000000001)
FROM entry, digit WHERE d < 4;

CREATE VIEW balance AS
SELECT account_company, account_code, count(*) AS postings, sum(amount) AS total
FROM posting GROUP BY account_company, account_code;

CREATE VIEW open_account AS
SELECT company_id, code, name FROM account WHERE closed IS NULL;

DROP TABLE digit, number;
