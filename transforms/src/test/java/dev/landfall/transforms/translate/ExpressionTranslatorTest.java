package dev.landfall.transforms.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.types.PgBytea;
import dev.landfall.transforms.types.PgFloat;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgTimestamp;
import dev.landfall.transforms.types.PgType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Expressions as generated columns of a real source, their translations as generated columns of a
 * real target: the same values in every row.
 */
class ExpressionTranslatorTest {
  /** Each with the type of the generated column that it fills. */
  private static final List<String> SAME =
      List.of(
          "int: i",
          "int: i = 1",
          "int: i <> -1",
          "int: i > 0 and u < 100",
          "int: i > 0 or u < 100",
          "int: (i > 0) xor (u < 100)",
          "int: not (i > 0)",
          "int: not i",
          "int: !i",
          "int: i and u",
          "int: i or d",
          "int: i is null",
          "int: i is not null",
          "int: (i = 1) is true",
          "int: i is not true",
          "int: i is false",
          "int: isnull(s)",
          "int: i <=> null",
          "int: i <=> u",
          "int: i <=> 7",
          "int: (i = 1) = (u = 1)",
          "int: i = 1 = (u = 1)",
          "int: ti",
          "int: ti = 1",
          "int: ti = 0",
          "int: ti <> 1",
          "int: ti + 1",
          "int: if(ti, 5, 6)",
          "int: not ti",
          "int: bt = b'1'",
          "int: bt",
          "int: ti = bt",
          "int: i in (1, 2, 7)",
          "int: i not in (1, 2, 7)",
          "int: i in (1, null)",
          "int: i not in (1, null)",
          "int: i between -1 and 7",
          "int: i not between -1 and 7",
          "int: d between 0 and 2.5",
          "int: d > 1",
          "int: d = 2.5",
          "int: d > i",
          "int: e > d",
          "int: f > 0",
          "int: f = 0.1",
          "int: r = 0.1",
          "int: f > d",
          "int: f > i",
          "int: i > f",
          "int: bu > 4",
          "int: bu > big",
          "int: u > i",
          "int: i = tn",
          "int: y > 1999",
          "int: y in (2000, 2024)",
          "int: y between 1970 and 2030",
          "int: if(i > 3 and not (u < 2 or d <=> null), 1, 0)",
          "bigint: i + 1",
          "bigint: i - 1",
          "bigint: i + i",
          "bigint: big + 1",
          "bigint: big + i",
          "bigint: big * 2",
          "bigint: i * i",
          "bigint: u + 1",
          "bigint: u + u",
          "bigint unsigned: u * u",
          "bigint unsigned: u * 2",
          "bigint: tn + 1 + i",
          "bigint: -i",
          "bigint: - big",
          "bigint: -u",
          "bigint: i div 2",
          "bigint: i div tn",
          "bigint: i div 0",
          "bigint: u div 3",
          "bigint unsigned: bu div 3",
          "bigint: big div i",
          "bigint: i % 3",
          "bigint: i % tn",
          "bigint: mod(i, 3)",
          "bigint: i % 0",
          "bigint: i % u",
          "bigint: u % 7",
          "bigint unsigned: bu % 7",
          "bigint: tn % -3",
          "bigint: i & 3",
          "bigint: u & 255",
          "bigint: u | 1",
          "bigint: u ^ 5",
          "bigint: u >> 3",
          "bigint: u >> 0",
          "bigint: abs(i)",
          "bigint: abs(tn)",
          "bigint: sign(i)",
          "bigint: sign(d)",
          "bigint: sign(f)",
          "int: year(dt) + 1",
          "bigint: (i + 1) * 2 - 3",
          "bigint: y + 1",
          "bigint: i > 0",
          "bigint: (i > 0) + (u > 0)",
          "decimal(12,2): d + 1",
          "decimal(20,4): d * e",
          "decimal(20,6): d * e",
          "decimal(12,2): -d",
          "decimal(12,4): d - e",
          "decimal(12,2): d * 1.5",
          "decimal(14,3): d * 1.155",
          "decimal(10,1): d",
          "decimal(10,0): d",
          "decimal(12,2): e",
          "decimal(12,2): abs(d)",
          "decimal(12,2): round(d)",
          "decimal(12,2): round(d, 1)",
          "decimal(12,2): round(e, 3)",
          "decimal(12,4): truncate(e, 1)",
          "decimal(12,4): truncate(e, 0)",
          "decimal(12,2): floor(d)",
          "decimal(12,2): ceil(d)",
          "decimal(12,2): ceiling(e)",
          "decimal(12,2): d % 3",
          "decimal(12,4): e % d",
          "decimal(12,2): i + d",
          "decimal(12,2): coalesce(d, i)",
          "decimal(12,2): if(i > 0, d, e)",
          "int: d",
          "int: e",
          "int: -d",
          "bigint: round(d)",
          "double: f",
          "double: f + 1",
          "double: f + d",
          "double: f - i",
          "double: -f",
          "double: abs(f)",
          "double: r",
          "double: r + 0",
          "double: floor(r)",
          "double: ceil(r)",
          "double: i",
          "double: d",
          "double: coalesce(r, 1)",
          "int: r",
          "bigint: r",
          "double: cast(i as decimal(10,0)) + f",
          "text: s",
          "text: concat(s, ' ', b)",
          "text: concat(s, i)",
          "text: concat(d, '/', e)",
          "text: concat(s, ti)",
          "text: concat(i > 0, '')",
          "text: concat(u, '-', bu, '-', big)",
          "text: concat(b, 'it''s \"q\" \\\\ \\n x')",
          "text: concat(l, s)",
          "text: concat(en, '!')",
          "text: concat(dt, '')",
          "text: concat(ts, '')",
          "text: concat(d * 2, '')",
          "text: concat(d + i, '')",
          "text: concat(round(e, 2), '')",
          "text: concat(truncate(e, 2), '')",
          "text: concat(floor(d), '')",
          "text: concat(ceil(e), '')",
          "text: concat(-d, '')",
          "text: concat(abs(d), '')",
          "text: concat(1.50, s)",
          "text: concat(d * e, '')",
          "text: concat(e - d, '')",
          "text: coalesce(s, b)",
          "text: coalesce(s, 'none')",
          "text: ifnull(s, '')",
          "text: ifnull(null, s)",
          "text: if(i > 0, s, null)",
          "text: if(i > 0, 'pos', 'neg')",
          "text: case when i > 0 then 'pos' when i < 0 then 'neg' end",
          "text: case i when 1 then 'one' when 7 then 'seven' else s end",
          "text: case en when 'new' then 'n' when 'open' then 'o' else 'x' end",
          "int: en = 'new'",
          "int: en <> 'new'",
          "int: en in ('new', 'done')",
          "int: en not in ('new', 'it''s')",
          "int: en <=> 'new'",
          "text: en",
          "int: case when i = 1 then 2 end",
          "int: nullif(i, 7)",
          "int: nullif(i, u)",
          "decimal(10,2): nullif(d, 0)",
          "bigint: ifnull(i, 0)",
          "bigint: coalesce(i, u, 0)",
          "bigint: coalesce(u, 0) + 1",
          "bigint: greatest(i, 5)",
          "bigint: least(i, 5)",
          "bigint: greatest(i, tn)",
          "decimal(10,2): greatest(d, 1)",
          "date: greatest(dt, last_day(dt))",
          "int: length(s)",
          "int: length(b)",
          "int: length(vb)",
          "int: length(i)",
          "int: char_length(s)",
          "int: char_length(b)",
          "int: char_length(l)",
          "int: char_length(concat(s, b)) > 3",
          "int: length(s) > 3",
          "text: left(b, 3)",
          "text: left(s, 0)",
          "text: right(b, 2)",
          "text: substring(b, 2)",
          "text: substring(b, 1, 3)",
          "text: substr(s, 100, 3)",
          "text: mid(s, 2, 2)",
          "text: substring_index(s, '@', 1)",
          "text: substring_index(b, '@', -1)",
          "text: substring_index(s, 'X', 1)",
          "text: trim(s)",
          "text: ltrim(s)",
          "text: rtrim(b)",
          "text: trim(b)",
          "text: trim(leading 'x' from s)",
          "text: trim(trailing 'x' from b)",
          "text: trim(both 'x' from s)",
          "text: trim('x' from s)",
          "text: replace(s, 'a', 'b')",
          "text: replace(s, 'X', 'y')",
          "text: replace(b, 'ab', '')",
          "text: reverse(b)",
          "text: repeat(s, 2)",
          "text: repeat(s, 0)",
          "text: lpad(i, 8, '0')",
          "text: lpad(s, 3, 'xy')",
          "text: rpad(b, 7, 'xy')",
          "text: rpad(s, 0, 'x')",
          "text: md5(s)",
          "text: md5(concat(s, b))",
          "text: md5(i)",
          "int: locate('b', b)",
          "int: instr(b, 'A')",
          "int: b = 'a'",
          "int: b = 'a '",
          "int: b <> 'a'",
          "int: b in ('a', 'x')",
          "int: b not in ('a', 'x')",
          "int: b <=> 'a'",
          "int: b = ''",
          "int: i between 1 and 2.5",
          "int: big = f",
          "int: bu = f",
          "int: big < 4000000000000000001.5",
          "decimal(30,5): big * 1.00001",
          "decimal(30,2): bu + d",
          "decimal(30,2): bu - d",
          "bigint: abs(i) + abs(tn)",
          "bigint: tn * tn * tn",
          "bigint: sign(-i)",
          "bigint: floor(i)",
          "decimal(10,4): round(e)",
          "bigint: -(-(i))",
          "text: concat(i, u, big)",
          "text: concat(-i, '')",
          "text: concat(i div 2, '')",
          "text: concat(i % 3, '')",
          "text: concat(abs(i), '')",
          "text: concat(sign(d), '')",
          "text: concat(round(i, 2), '')",
          "text: concat(truncate(d, 0), '')",
          "text: concat(round(d, 0), '')",
          "text: concat(i + 1.50, '')",
          "text: concat(i * 1.50, '')",
          "text: concat(d - d, '')",
          "text: concat(- e, '')",
          "text: concat(if(i > 0, i, -1), '')",
          "text: concat(coalesce(i, 0), '')",
          "text: concat(case when i > 0 then d when i < 0 then d + 1 end, '')",
          "text: concat(char_length(s), ':', length(s))",
          "text: concat(i > 0, i is null, ti)",
          "text: concat(greatest(i, 1), '')",
          "text: concat(u & 7, '')",
          "text: concat(cast(i as signed), '')",
          "text: concat(year(dt), '/', month(dt), '/', dayofyear(dt))",
          "text: concat(to_days(dt), '')",
          "text: concat(timestampdiff(day, dt, ts), '')",
          "text: concat(dt + interval 1 day, '')",
          "text: concat(last_day(dt), 'x')",
          "text: concat(ts - interval 1 hour, '')",
          "text: left(dt, 4)",
          "text: lpad(d, 9, '*')",
          "text: substr(i, 1, 2)",
          "text: trim(i)",
          "text: replace(d, '.', ',')",
          "text: reverse(i)",
          "text: repeat(dt, 2)",
          "text: md5(dt)",
          "text: md5(d)",
          "text: ltrim(concat(' ', s))",
          "int: char_length(dt)",
          "int: char_length(d)",
          "int: length(en)",
          "int: concat(b, '') = 'a'",
          "int: concat(b, i) = 'a1'",
          "int: left(b, 1) = 'a'",
          "int: trim(b) = 'ab'",
          "int: coalesce(b, 'x') = 'x'",
          "int: ifnull(b, '') = ''",
          "int: if(i > 0, b, 'n') = 'n'",
          "int: replace(b, 'a', 'b') = 'b'",
          "int: substring_index(b, '@', 1) = 'x'",
          "int: trim(s) = ''",
          "int: coalesce(s, '') = ''",
          "int: left(s, 1) = ''",
          "int: coalesce(l, '') <> ''",
          "int: lpad(b, 2, 'x') = 'xa'",
          "int: reverse(b) = 'a'",
          "int: repeat(b, 2) = 'aa'",
          "int: vb = 'a '",
          "int: vb in ('a', 'abc')",
          "int: json_unquote(json_extract(j, '$.a')) is null",
          "int: length(json_unquote(json_extract(j, '$.a')))",
          "date: coalesce(dt, date'2020-01-01')",
          "date: if(i > 0, dt, date'2020-01-01')",
          "date: nullif(dt, '2020-02-29')",
          "int: nullif(dt, ts) is null",
          "datetime: coalesce(ts, ts + interval 1 day)",
          "datetime(3): coalesce(t3, ts)",
          "int: case dt when '2020-02-29' then 1 else 2 end",
          "int: dt + interval 1 month = '2020-03-29'",
          "int: last_day(dt) = '2020-02-29'",
          "int: date(ts) = '2020-02-29'",
          "int: date(ts) = dt",
          "int: dt <=> '2020-02-29'",
          "int: dt not in ('2020-02-29')",
          "int: ts not between '2019-01-01' and '2021-01-01'",
          "int: ts in ('2020-02-29', '2019-01-31 12:30:45')",
          "int: dt > ts - interval 1 day",
          "int: dt between ts and '2020-12-31'",
          "int: t3 in ('2020-02-29 23:59:59.999')",
          "int: t3 = ts",
          "int: i in (1, 2.5)",
          "int: d in (1, 2.5, i)",
          "int: i in (d, e)",
          "int: tn between d and f",
          "int: ti = 2",
          "int: ti > 0",
          "int: ti = i",
          "int: ti <=> null",
          "int: ti <> i",
          "int: bt = 1",
          "int: bt + 1",
          "int: -ti",
          "int: ti + ti",
          "int: ti in (bt, 1)",
          "int: not (ti and bt)",
          "int: (i > 0) between 0 and 1",
          "int: (i > 0) in (1)",
          "int: (i > 0) <=> (u > 0)",
          "int: (i > 0) < (u > 1)",
          "int: i is null = 1",
          "int: (i is null) + 1",
          "int: i = (u = 1)",
          "int: case (i > 0) when 1 then 5 else 6 end",
          "int: ifnull(i > 0, 0)",
          "int: nullif(i > 0, 0)",
          "int: if(null, 1, 2)",
          "int: if(1, i, 2)",
          "int: coalesce(null, i)",
          "int: y = 2000",
          "int: y <> 2024",
          "int: greatest(y, 2000)",
          "int: y + 0 = 99",
          "int: year(dt) = 999",
          "int: mod(y, 100)",
          "int: u = -1",
          "int: bu = 18446744073709551615",
          "int: u > -1",
          "int: i > 4294967296",
          "int: big in (1, 9223372036854775807)",
          "int: i <> 1.0",
          "int: d = 2.500",
          "int: d = 25e-1",
          "int: e = 2.5e0",
          "int: f between 0 and 1",
          "int: f = i",
          "int: r = 2.5",
          "int: r = d",
          "int: floor(f) = 2",
          "int: abs(f) < 1",
          "int: f <=> r",
          "int: coalesce(f, d) > 1",
          "int: if(i > 0, f, i) > 1",
          "int: nullif(f, 1) is null",
          "int: -f > 0",
          "int: u >> 33",
          "bigint: big & 255",
          "bigint: i & 4294967295",
          "bigint: tn & 1",
          "bigint: u & u",
          "bigint: u | u ^ 3",
          "int: ti in (0, 1)",
          "int: ti in (1, null)",
          "int: ti between 0 and 1",
          "int: f in (1, 2.5, 0.1)",
          "int: not d",
          "int: not f",
          "int: if(f, 1, 0)",
          "int: if(d, 1, 0)",
          "int: d is true",
          "int: f is not true",
          "int: i xor u",
          "int: case when d then 1 else 0 end",
          "int: case when f then 1 else 0 end",
          "int: if(d and f, 1, 0)",
          "int: if(not d or f, 1, 0)",
          "text: concat(nullif(d, 0), '')",
          "text: concat(nullif(i, 1), '')",
          "text: concat(if(i > 0, d, null), '')",
          "text: concat(ifnull(d, 0.00), '')",
          "text: concat(s, b, l)",
          "text: concat(coalesce(b, l), s)",
          "text: concat(greatest(d, 1.00), '')",
          "int: dt between ts and t3",
          "int: greatest(i, u) > 5",
          "int: coalesce(y, 0) + 1",
          "text: repeat(i, 3)",
          "text: substring_index(concat(s, ''), '@', 1)",
          "int: case f when 1 then 2 when 2.5 then 3 end",
          "int: i < u < 2",
          "text: if(b = 'a', b, s)",
          "int: b = concat('a', 'b')",
          "int: 1 in (i, tn)",
          "int: s = ''",
          "int: s <> ''",
          "int: l <> ''",
          "int: s collate utf8mb4_bin = 'A'",
          "int: binary s = 'A'",
          "int: binary s < 'a'",
          "int: b like 'a%'",
          "int: b not like '%a_'",
          "int: b like 'a'",
          "int: case b when 'a' then 1 else 0 end",
          "text: nullif(b, 'a')",
          "text: nullif(s, '')",
          "int: vb = 'a'",
          "int: vb > 'a'",
          "int: year(dt)",
          "int: month(dt)",
          "int: day(dt)",
          "int: dayofmonth(ts)",
          "int: quarter(dt)",
          "int: dayofyear(dt)",
          "int: dayofweek(dt)",
          "int: weekday(dt)",
          "int: hour(ts)",
          "int: minute(ts)",
          "int: second(t3)",
          "int: extract(year from dt)",
          "int: extract(hour from t3)",
          "int: to_days(dt)",
          "int: datediff(dt, ts)",
          "int: datediff(ts, '2020-01-01')",
          "date: last_day(dt)",
          "date: last_day(ts)",
          "date: date(ts)",
          "date: date(t3)",
          "date: cast(t3 as date)",
          "datetime: cast(dt as datetime)",
          "datetime: dt",
          "datetime(3): t3",
          "datetime(3): ts",
          "date: dt + interval 1 day",
          "date: dt - interval 1 day",
          "date: dt + interval 1 month",
          "date: dt - interval 1 month",
          "date: dt + interval 13 month",
          "date: dt + interval 1 year",
          "date: dt - interval 4 year",
          "date: dt + interval 2 week",
          "date: date_add(dt, interval -1 day)",
          "datetime: dt + interval 1 hour",
          "datetime: dt - interval 1 second",
          "datetime: ts + interval 1 month",
          "datetime: ts + interval 90 minute",
          "datetime(3): t3 + interval 1 second",
          "datetime(3): t3 - interval 1 day",
          "int: dt + interval 1 day > ts",
          "int: dt = '2020-02-29'",
          "int: dt > '2020-01-01'",
          "int: dt in ('2020-02-29', '2019-01-31')",
          "int: dt between '2000-01-01' and '2020-12-31'",
          "int: dt >= date'2020-01-01'",
          "int: ts > '2020-01-01'",
          "int: ts = '2019-01-31 12:30:45'",
          "int: ts >= timestamp'2020-01-01 00:00:00'",
          "int: t3 > '2024-12-31 23:59:59.400'",
          "int: dt = ts",
          "int: dt < t3",
          "int: ts < t3",
          "int: tm is null",
          "int: tm = tm",
          "text: date_format(dt, '%Y-%m')",
          "text: date_format(ts, '%d.%m.%Y %H:%i:%s')",
          "text: date_format(ts, '%T %% Q')",
          "text: date_format(dt, '%j')",
          "bigint: timestampdiff(day, dt, ts)",
          "bigint: timestampdiff(second, ts, t3)",
          "bigint: timestampdiff(hour, ts, dt)",
          "bigint: timestampdiff(month, dt, date'2020-02-29')",
          "bigint: timestampdiff(month, dt, ts)",
          "bigint: timestampdiff(month, date'2020-01-31', dt)",
          "bigint: timestampdiff(month, dt, last_day(dt))",
          "bigint: timestampdiff(year, dt, date'2020-02-28')",
          "bigint: timestampdiff(year, date'2020-02-28', dt)",
          "bigint: timestampdiff(quarter, ts, date'2021-03-31')",
          "bigint: timestampdiff(month, t3, timestamp'2021-03-31 12:00:00')",
          "bigint: timestampdiff(month, timestamp'2021-03-31 12:00:00', t3)",
          "bigint: timestampdiff(week, dt, date'2021-03-31')",
          "text: json_unquote(json_extract(j, '$.a'))",
          "text: json_unquote(json_extract(j, '$.\"b c\".d'))",
          "text: json_unquote(json_extract(j, '$.n'))",
          "json: json_extract(j, '$.a')",
          "json: json_extract(j, '$.\"b c\"')",
          "int: json_valid(j)",
          "int: json_extract(j, '$.a') is null",
          "text: cast(i as char)",
          "text: cast(i as char(2))",
          "text: cast(d as char(10))",
          "text: cast(s as char(3))",
          "bigint: cast(d as signed)",
          "bigint: cast(e as signed)",
          "bigint: cast(i as signed)",
          "bigint: cast(u as unsigned)",
          "decimal(12,2): cast(i as decimal(12,2))",
          "decimal(12,2): cast(e as decimal(12,2))",
          "decimal(12,0): cast(d as decimal(12,0))",
          "text: concat(cast(i as decimal(12,2)), '')",
          "text: concat(cast(e as decimal(12,3)), '')",
          "varbinary(20): vb",
          "int: true",
          "int: false or i",
          "tinyint(1): i > 0",
          "int: coalesce(i > 0, 0)",
          "int: ifnull(ti, 0)",
          "int: coalesce(ti, i)",
          "int: if(i > 0, ti, u > 5)");

  /** MySQL says under which collation a document's text is: utf8mb4_bin (manual 11.5). */
  private static final List<String> SAME_ON_MYSQL =
      List.of(
          "int: json_unquote(json_extract(j, '$.a')) = 'x'",
          "int: json_unquote(json_extract(j, '$.a')) = 'null'");

  /** MySQL prints other letters than ASCII's in an expression's texts wrongly. */
  private static final List<String> SAME_ON_MARIADB =
      List.of(
          "text: concat('ä', s, '日本')",
          "int: b like '%日本'",
          "int: b in ('Straße', 'x')",
          "text: concat(l, 'é')");

  /** Expressions and words of the reason why they are left to the user. */
  private static final List<String> REFUSED =
      List.of(
          "condition: s = 'a': texts under the collation utf8mb4_general_ci are not compared by their characters' codes, as PostgreSQL does",
          "condition: s < 'b': texts under the collation utf8mb4_general_ci are not compared by their characters' codes, as PostgreSQL does",
          "condition: s in ('a', 'b'): texts under the collation utf8mb4_general_ci are not compared by their characters' codes, as PostgreSQL does",
          "condition: s like 'a%': LIKE goes by the collation of utf8mb4_general_ci, PostgreSQL's by the characters' codes",
          "condition: b < 'x': texts under the collation utf8mb4_bin are ordered with blanks at the end",
          "condition: b like 'a|%': LIKE with a pattern that may have an escape in it",
          "condition: b like 'a/%': LIKE with a pattern that may have an escape in it",
          "condition: b regexp 'a': REGEXP is not known here",
          "condition: k = 'a': texts under the collation cp932_bin have codes of their own",
          "condition: k like 'a%': texts under the collation cp932_bin have codes of their own",
          "condition: instr(k, 'a') > 0: texts under the collation cp932_bin have codes of their own",
          "condition: b rlike 'a': REGEXP is not known here",
          "condition: l = 'a': texts under the collation latin1_swedish_ci are not compared by their characters' codes, as PostgreSQL does",
          "condition: l collate latin1_bin > 'a': texts under the collation latin1_bin are ordered with blanks at the end",
          "condition: en = 'NEW': 'NEW' is no member of the enum, letter by letter",
          "condition: en = '': '' is no member of the enum, letter by letter",
          "condition: en < 'open': an enum is ordered as a text under a collation",
          "condition: en = s: an enum is compared with a text",
          "condition: en + 1 > 2: arithmetic with an enum",
          "condition: s: a text as a condition",
          "condition: s + 1 > 2: arithmetic with a text",
          "condition: i = '5': a comparison of a whole number with a text",
          "condition: i = null: a comparison with NULL is never true",
          "condition: dt > '2020-1-1': a date is compared with '2020-1-1'",
          "condition: dt > '2020-02-30': a date is compared with '2020-02-30'",
          "condition: dt > '0000-00-00': a date is compared with '0000-00-00'",
          "condition: dt > 20200101: a date is compared with a whole number",
          "condition: dt > '2020-01-01 10:00:00': a date is compared with '2020-01-01 10:00:00'",
          "condition: ts > '2020-01-01 00:00:00.5': a date is compared with '2020-01-01 00:00:00.5'",
          "condition: tm > '2020-01-01': a timestamp compared with a text depends on the session's time zone",
          "condition: tm > ts: a timestamp compared with a datetime depends on the session's time zone",
          "condition: year(tm) > 2000: year of a timestamp depends on the session's time zone",
          "condition: dt + 1 > 5: arithmetic with a date",
          "condition: y = 99: a YEAR is only compared with years from 1901 to 2155: MySQL takes other numbers for years of this century or the last",
          "condition: y = i: a YEAR is only compared with years from 1901 to 2155: MySQL takes other numbers for years of this century or the last",
          "condition: y > 0: a YEAR is only compared with years from 1901 to 2155: MySQL takes other numbers for years of this century or the last",
          "condition: u - 5 > 0: - with an unsigned number fails in MySQL where the result is negative or too large, but not in PostgreSQL",
          "condition: i + u > 0: + with an unsigned number fails in MySQL where the result is negative or too large, but not in PostgreSQL",
          "condition: bu + 1 > 0: + with an unsigned number fails in MySQL where the result is negative or too large, but not in PostgreSQL",
          "condition: i * u > 0: * with an unsigned number fails in MySQL where the result is negative or too large, but not in PostgreSQL",
          "condition: -bu < 0: the negative of a bigint unsigned",
          "condition: coalesce(bu, -1) > 0: a choice between a bigint unsigned and a signed number",
          "condition: coalesce(u, 0) - 5 > 0: - with an unsigned number fails in MySQL where the result is negative or too large, but not in PostgreSQL",
          "condition: i / 2 > 1: / of exact numbers has as many digits in MySQL as its div_precision_increment says",
          "condition: f / 2 > 1: a quotient of floating-point numbers that is too small is 0 in MySQL and an error in PostgreSQL",
          "condition: f * 2 > 1: a product of floating-point numbers that is too small is 0 in MySQL and an error in PostgreSQL",
          "condition: f % 2 > 1: MOD of floating-point numbers",
          "condition: round(f) > 1: round of a floating-point number goes by its binary value in MySQL",
          "condition: d div 2 > 1: DIV of numbers that are not whole",
          "condition: i div u > 1: DIV with an unsigned number fails in MySQL where the result is negative, but not in PostgreSQL",
          "condition: i | 4 > 1: | of a number that may be negative or beyond bigint: MySQL's is unsigned",
          "condition: ~i > 1: ~ is not known here",
          "condition: i << 2 > 1: << is not known here",
          "condition: bu & 1: & of a number that may be negative or beyond bigint: MySQL's is unsigned",
          "condition: i & tn: & of a number that may be negative or beyond bigint: MySQL's is unsigned",
          "condition: lower(s) = 'a': LOWER goes by each server's own table of letters (of a text)",
          "condition: upper(b) = 'A': UPPER goes by each server's own table of letters (of a text)",
          "condition: length(l) > 1: LENGTH counts bytes of a character set other than UTF-8",
          "condition: left(s, -1) = '': LEFT with a number that is no literal from 0",
          "condition: substr(b, 0) = '': SUBSTRING with a number that is no literal from 1",
          "condition: substr(b, -2) = '': SUBSTRING with a number that is no literal from 1",
          "condition: substring_index(b, ',', 2) = '': SUBSTRING_INDEX of more than one part",
          "condition: trim('xy' from b) = '': TRIM of anything but one character",
          "condition: replace(b, s, 'x') = '': REPLACE of anything but a literal by another",
          "condition: lpad(b, 3, '') = '': lpad with anything but a literal",
          "condition: locate('a', s) > 0: a text is searched under the collation utf8mb4_general_ci",
          "condition: locate('a', b, 2) > 0: LOCATE from a position",
          "condition: concat_ws(',', s, b) is null: CONCAT_WS is not known here",
          "condition: sha2(s, 256) is null: SHA2 is not known here",
          "condition: hex(s) is null: HEX is not known here",
          "condition: j = 1: a comparison of a JSON document with a whole number",
          "condition: json_extract(j, '$.a') = 1: a comparison of a JSON document with a whole number",
          "condition: json_extract(j, '$[0]') is null: the JSON path $[0] is not one of plain members",
          "condition: json_extract(j, '$.*') is null: the JSON path $.* is not one of plain members",
          "condition: json_extract(j, '$.a', '$.b') is null: JSON_EXTRACT of anything but a column by one literal path",
          "condition: json_length(j) > 1: JSON_LENGTH is not known here",
          "condition: s collate utf8mb4_unicode_ci = '': texts under the collation utf8mb4_unicode_ci are not compared by their characters' codes, as PostgreSQL does",
          "condition: concat(s, l) = '': texts under the collation utf8mb4_general_ci and latin1_swedish_ci are not compared by their characters' codes, as PostgreSQL does",
          "condition: i > (select 1): a subquery is not translated",
          "condition: exists(select 1): a subquery is not translated",
          "condition: now() > ts: a condition with a value that is new each time",
          "condition: nothere > 1: there is no column nothere here",
          "condition: i > 1 and: \"the end\" is not understood at its place",
          "condition: i > 1): \")\" is not understood at its place",
          "condition: i || u: the sign || is not known here",
          "condition: \"s\" = 1: the sign \" is not known here",
          "condition: @a > 1: \"@\" is not understood at its place",
          "condition: foo(i): FOO is not known here",
          "condition: `db`.`foo`(i) > 1: the stored function db.foo is not known",
          "condition: if(i): IF with too few arguments",
          "condition: cast(s as signed) > 1: arithmetic with a text",
          "condition: cast(i as unsigned) > 1: CAST to unsigned of a number that may be negative",
          "condition: cast(f as decimal(5,2)) > 1: CAST of a floating-point number to a decimal",
          "condition: cast(d as decimal(5,2)) > 1: CAST to decimal(5,2) of a number that may not fit",
          "condition: cast(bu as signed) > 1: CAST to signed of a number that may be beyond bigint",
          "condition: convert(s, signed) > 1: CONVERT to a type is not translated",
          "condition: convert(s using latin1) = '': CONVERT to the character set latin1",
          "condition: _latin1'ä' = b: a text of the character set latin1",
          "condition: b = 'what?': a text with ?, which the catalogue also prints for characters that it has not",
          "condition: date_format(dt, '%M') is null: DATE_FORMAT with %M",
          "condition: date_format(dt, '%H') is null: DATE_FORMAT with the time of a date",
          "condition: ts + interval 1 microsecond > ts: INTERVAL in microsecond",
          "condition: ts + interval i day > ts: an INTERVAL that is no plain whole number",
          "condition: tm + interval 1 day > tm: + INTERVAL of a timestamp depends on the session's time zone",
          "condition: greatest(s, b) is null: greatest of anything but numbers or dates",
          "condition: coalesce(s, 1) is null: a choice between a text and a whole number",
          "condition: case i when 'a' then 1 end: a comparison of a whole number with a text",
          "condition: f xor d: XOR of a floating-point number",
          "condition: i in (1, f): IN with exact and floating-point numbers",
          "condition: coalesce(y, 0) = 99: a YEAR is only compared with years from 1901 to 2155:"
              + " MySQL takes other numbers for years of this century or the last",
          "real: f: what real makes of a floating-point number may differ",
          "index: j: an index of JSON documents",
          "index: lower(s): LOWER goes by each server's own table of letters (of a text)",
          "index: rand(): an index with a value that is new each time",
          "integer: s: what integer makes of a text may differ",
          "integer: f + j: arithmetic with a JSON document",
          "numeric(10,2): f: what numeric(10,2) makes of a floating-point number may differ",
          "text: f: a floating-point number as a text",
          "text: y: a whole number as a text",
          "text: concat(t3, ''): a datetime with a fraction as a text",
          "text: concat(tm, ''): a text of a timestamp depends on the session's time zone",
          "text: concat(if(i > 0, d, e), ''): a decimal as a text",
          "text: concat(coalesce(d, i), ''): a decimal as a text",
          "varchar(10): json_extract(j, '$.a'): a JSON document as a text",
          "char(5): b: what char(5) makes of a text may differ",
          "date: ts: what date makes of a datetime may differ",
          "timestamp(0): t3: what timestamp(0) makes of a datetime may differ",
          "timestamp(0): tm: what timestamp(0) makes of a timestamp may differ",
          "timestamptz(0): ts: what timestamptz(0) makes of a datetime may differ",
          "real: i: what real makes of a whole number may differ",
          "boolean: i: what boolean makes of a whole number may differ",
          "boolean: i + 1: what boolean makes of a whole number may differ",
          "interval: i: what interval makes of a whole number may differ",
          "jsonb: s: what jsonb makes of a text may differ",
          "text: concat(uuid(), s): a generated column with a value that is new each time",
          "timestamp(0): now(3): what timestamp(0) makes of a datetime may differ",
          "timestamp(0): now(2): the current moment with 2 digits");

  @ParameterizedTest
  @EnumSource(Source.class)
  void givesTheSameValues(Source product) throws SQLException {
    try (FreshDatabase from = product.fresh();
        Connection source = Servers.open(from);
        FreshDatabase to = Servers.target();
        Connection target = Servers.open(to)) {
      List<String> same = new ArrayList<>(SAME);
      same.addAll(product == Source.MARIADB ? SAME_ON_MARIADB : SAME_ON_MYSQL);
      SampleTable.create(source, same);
      SourceCatalog catalog = SampleTable.read(source, from);
      SourceTable table = catalog.tables().get(0);
      SampleTable.copy(table, source, target);
      ExpressionTranslator translator =
          new ExpressionTranslator(catalog.product(), SampleTable.scope(table));

      List<String> expected = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (int i = 0; i < same.size(); i++) {
        SourceColumn column = SampleTable.column(table, "g" + i).orElseThrow();
        PgType type = SampleTable.type(table, column);
        Translation translation =
            translator.value(Objects.requireNonNull(column.generated()), type);
        expected.add(same.get(i) + " = " + values(source, select(i, type), type));
        found.add(same.get(i) + " = " + generated(target, i, type, translation));
      }
      assertThat(String.join("\n", found)).isEqualTo(String.join("\n", expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void leavesTheUncertainToTheUser(Source product) throws SQLException {
    try (FreshDatabase from = product.fresh();
        Connection source = Servers.open(from)) {
      SampleTable.create(source, List.of());
      SourceCatalog catalog = SampleTable.read(source, from);
      ExpressionTranslator translator =
          new ExpressionTranslator(catalog.product(), SampleTable.scope(catalog.tables().get(0)));
      List<String> found = new ArrayList<>();
      for (String refused : REFUSED) {
        String[] parts = refused.split(": ", 3);
        Translation translation = translate(translator, parts[0], parts[1]);
        found.add(
            parts[0]
                + ": "
                + parts[1]
                + ": "
                + (translation.reason() == null ? translation.sql() : translation.reason()));
      }
      assertThat(String.join("\n", found)).isEqualTo(String.join("\n", REFUSED));
    }
  }

  /** What goes into the target's definitions, from what both servers print. */
  private static final List<String> WORDS =
      List.of(
          "condition: (`i` > 0) → (\"i\" > 0)",
          "condition: `i` > 0 and `u` < 10 or !`ti` → (((\"i\" > 0) AND (\"u\" < 10)) OR (NOT \"ti\"))",
          "condition: (`en` in (_utf8mb4\\'new\\',_utf8mb4\\'it\\\\\\'s\\')) →"
              + " ((\"en\" COLLATE \"C\") IN ('new', 'it''s'))",
          "condition: json_valid(`j`) → (CASE WHEN \"j\" IS NOT NULL THEN true END)",
          "condition: i > 0 → (\"i\" > 0)",
          "index: (`i` + 1) → ((CAST(\"i\" AS bigint) + CAST(1 AS bigint)))",
          "index: json_unquote(json_extract(`j`,_utf8mb4\\'$.a\\')) → ((CASE WHEN"
              + " jsonb_typeof((\"j\" -> 'a')) = 'null' THEN 'null' ELSE (\"j\" -> 'a') #>> '{}'"
              + " END))",
          "index: cast(`i` as char(4) charset utf8mb4) → (left(CAST(\"i\" AS text), 4))",
          "varchar(36): uuid() → CAST(gen_random_uuid() AS text)",
          "uuid: uuid() → gen_random_uuid()",
          "bytea: uuid_to_bin(uuid()) → uuid_send(gen_random_uuid())",
          "bytea: 0x6162 → CAST('\\x6162' AS bytea)",
          "jsonb: json_array() → CAST('[]' AS jsonb)",
          "jsonb: json_object() → CAST('{}' AS jsonb)",
          "date: curdate() → CAST(statement_timestamp() AS date)",
          "timestamp(0): (now() + interval 1 day) → (date_trunc('second',"
              + " CAST(statement_timestamp() AS timestamp)) + INTERVAL '1 day')",
          "timestamptz(3): current_timestamp(3) → date_trunc('milliseconds',"
              + " statement_timestamp())",
          "timestamp(0): utc_timestamp() → date_trunc('second', (statement_timestamp() AT TIME ZONE"
              + " 'UTC'))",
          "timestamp(0): current_timestamp → date_trunc('second', CAST(statement_timestamp() AS"
              + " timestamp))",
          "integer: unix_timestamp() → CAST(floor(extract(epoch FROM statement_timestamp())) AS"
              + " bigint)",
          "integer: (1 + 2) → (CAST(1 AS bigint) + CAST(2 AS bigint))",
          "double precision: rand() → random()",
          "text: concat(_utf8mb4\\'a\\',_utf8mb4\\'it\\\\\\'s\\') → ('a' || 'it''s')",
          "text: 'a\\\\b\\n' → 'a\\b\n'",
          "boolean: true → true",
          "boolean: 0 → false",
          "smallint: -(1) → (-1)",
          "integer: NULL → NULL");

  @ParameterizedTest
  @EnumSource(Source.class)
  void saysItInPostgresWords(Source product) throws SQLException {
    try (FreshDatabase from = product.fresh();
        Connection source = Servers.open(from);
        FreshDatabase to = Servers.target();
        Connection target = Servers.open(to)) {
      SampleTable.create(source, List.of());
      SourceCatalog catalog = SampleTable.read(source, from);
      SourceTable table = catalog.tables().get(0);
      SampleTable.copy(table, source, target);
      ExpressionTranslator translator =
          new ExpressionTranslator(catalog.product(), SampleTable.scope(table));
      List<String> found = new ArrayList<>();
      for (String words : WORDS) {
        String[] parts = words.substring(0, words.indexOf(" → ")).split(": ", 2);
        Translation translation = translate(translator, parts[0], parts[1]);
        found.add(parts[0] + ": " + parts[1] + " → " + translation.sql());
        define(target, parts[0], Objects.requireNonNull(translation.sql(), translation::reason));
      }
      assertThat(String.join("\n", found)).isEqualTo(String.join("\n", WORDS));
    }
  }

  /** Uses a translation where it belongs; the server says whether it may stand there. */
  private static void define(Connection target, String use, String sql) throws SQLException {
    switch (use) {
      case "condition" ->
          Servers.execute(target, "ALTER TABLE t ADD CHECK (" + sql + ") NOT VALID");
      case "index" -> Servers.execute(target, "CREATE INDEX ON t (" + sql + ")");
      default ->
          Servers.execute(
              target,
              "CREATE TABLE made (id int, made " + use + " DEFAULT " + sql + ")",
              "INSERT INTO made (id) VALUES (1)",
              "DROP TABLE made");
    }
  }

  private static Translation translate(
      ExpressionTranslator translator, String use, String expression) {
    return switch (use) {
      case "condition" -> translator.condition(expression);
      case "index" -> translator.indexed(expression);
      default -> translator.value(expression, PgType.parse(use));
    };
  }

  /** The values of a generated column, or why there are none. */
  private static String generated(
      Connection target, int number, PgType type, Translation translation) {
    if (translation.sql() == null) {
      return "no translation: " + translation.reason();
    }
    String name = "g" + number;
    try {
      Servers.execute(
          target,
          "ALTER TABLE t ADD "
              + name
              + " "
              + type
              + " GENERATED ALWAYS AS ("
              + translation.sql()
              + ") STORED");
      String values = values(target, "SELECT " + name + " FROM t ORDER BY id", type).toString();
      Servers.execute(target, "ALTER TABLE t DROP COLUMN " + name);
      return values;
    } catch (SQLException e) {
      return e.getMessage() + " in " + translation.sql();
    }
  }

  /** As MySQL shows all digits of a float, and bytes. */
  private static String select(int number, PgType type) {
    String column = "g" + number;
    if (type instanceof PgFloat real && !real.wide()) {
      column += " + 0e0";
    } else if (type instanceof PgBytea) {
      column = "concat('\\\\x', lower(hex(" + column + ")))";
    }
    return "SELECT " + column + " FROM t ORDER BY id";
  }

  private static List<String> values(Connection connection, String sql, PgType type)
      throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(canonical(rows.getString(1), type));
      }
    }
    return values;
  }

  private static String canonical(@Nullable String value, PgType type) {
    if (value == null) {
      return "NULL";
    }
    if (type instanceof PgFloat real) {
      return real.wide()
          ? String.valueOf(Double.parseDouble(value))
          : String.valueOf(Float.parseFloat(value));
    }
    if (type instanceof PgTimestamp time && !time.zoned()) {
      return value.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
    }
    return type instanceof PgText ? "'" + value + "'" : value;
  }
}
