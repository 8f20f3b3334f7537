package dev.landfall.transforms.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.catalog.Servers;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.catalog.SourceSchemaReader;
import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.translate.ViewTranslator.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views of a real source and their translations as views of a real target: the same rows. */
class ViewTranslatorTest {
  private static final List<String> SAME =
      List.of(
          "select id, i from t",
          "select * from o",
          "select id as `a b`, i + 1 as `x\"y`, ti, i > 0 as positive from t",
          "select t.id, o.amount from t join o on o.t_id = t.id where o.amount > 5",
          "select t.id, o.amount from t left join o on o.t_id = t.id and o.amount > 5",
          "select t.id, o.amount from o right join t on o.t_id = t.id",
          "select t.id, o.amount from t join o using (id)",
          "select a.id, b.id as other from t a join t b on a.id = b.i",
          "select a.id, b.id as other, c.amount from t a left join (t b join o c on b.id = c.t_id)"
              + " on a.id = b.id",
          "select t.id from t, o where t.id = o.t_id and (t.i > 0 or o.amount is null)",
          "select t.id, x.n from t cross join (select count(*) as n from o) x",
          "select count(*) as c, count(i) as d, count(distinct tn) as e, sum(i) as f, min(d) as g,"
              + " max(dt) as h, max(ti) as k from t",
          "select o.t_id, count(*) as c, sum(o.amount) as total, max(o.made) as latest from o"
              + " group by o.t_id",
          "select o.t_id as who, count(*) as c from o group by o.t_id having count(*) > 1",
          "select o.t_id as who, count(*) as c from o group by who having c > 1 order by c desc, who",
          "select year(o.made) as y, month(o.made) as m, sum(o.amount) + 1 as s from o"
              + " group by year(o.made), month(o.made)",
          "select o.t_id div 2 as h, count(*) as c from o group by o.t_id div 2",
          "select en, count(*) as c from t group by en",
          "select count(*) as c from t where id < 0",
          "select sum(i) as s from t where id < 0",
          "select distinct tn > 0 as p from t",
          "select distinct t_id from o order by t_id",
          "select id, i from t order by i, id",
          "select id, i from t order by i desc, id desc limit 3",
          "select id, d from t order by 2, 1 limit 2, 4",
          "select id, i from t order by i is null, dt, id limit 5",
          "select id from t order by -id limit 2",
          "select id from t union all select t_id from o",
          "select id from t union select t_id from o",
          "select id as n from t union all select t_id from o order by n desc limit 4",
          "(select id from t order by id limit 2) union all (select t_id from o order by id limit 1)",
          "select s, 'here' as place from t union all select note, 'there' from o",
          "select x.a, x.b + 1 as c from (select id as a, tn as b from t where i > 0) x where x.a > 1",
          "select x.h, x.c * 2 as twice from (select t_id as h, count(*) as c from o group by t_id) x",
          "select id, concat(s, '-', id) as label, coalesce(s, 'none') as text from t",
          "select id, case when i > 0 then 'up' when i < 0 then 'down' else 'flat' end as way from t",
          "select id, json_unquote(json_extract(j, '$.a')) as a from t",
          "select id, ti = 1 as flag, not ti as unflag from t",
          "select id, date_format(ts, '%Y-%m') as month, dt + interval 1 month as next from t",
          "select id from t where dt < curdate() and ts < now() and tm < now() + interval 1 day",
          "select id from t where b = 'a' and en <> 'done'",
          "select id from t where ti",
          "select 1 as one",
          "select a.id from t as a where a.id in (1, 2, 3) and a.id between 0 and 2",
          "select `my view`.`Id` from `my view`",
          "select v.`Id` as id, o.amount from `my view` v join o on o.t_id = v.`Id`");

  private static final List<String> REFUSED =
      List.of(
          "select s from t group by s: whether two values are the same goes by more than their characters' codes, for a text",
          "select distinct s from t: whether two values are the same goes by more than their characters' codes, for a text",
          "select s from t union select note from o: whether two values are the same goes by more than their characters' codes, for a text",
          "select id from t order by s: ORDER BY goes by a collation, for a text",
          "select id, en from t order by en: an enum is sorted by the order of its members",
          "select avg(i) as a from t: AVG has as many digits in MySQL as its div_precision_increment says",
          "select sum(f) as a from t: a sum of floating-point numbers depends on the order of rows",
          "select max(s) as a from t: MAX of a text",
          "select count(distinct s) as a from t: whether two values are the same goes by more than their characters' codes, for a text",
          "select group_concat(s) as a from t: GROUP_CONCAT cuts its result at group_concat_max_len",
          "select id from t where s = 'a': texts under the collation utf8mb4_general_ci are not compared by their characters' codes, as PostgreSQL does",
          "select t.id from t join o on t.s = o.note: texts under the collation utf8mb4_general_ci are not compared by their characters' codes, as PostgreSQL does",
          "select id, (select max(amount) from o) as m from t: a subquery is not translated",
          "select id from t where exists (select 1 from o): a subquery is not translated",
          "select id from t where id in (select t_id from o): a subquery is not translated",
          "select i / 2 as half from t: / of exact numbers has as many digits in MySQL as its div_precision_increment says",
          "select null as n from t: a column that is always NULL has no type",
          "select i from t union all select amount from o: a UNION of a whole number with a decimal",
          "select i, count(*) as c from t group by tn: a column that is neither grouped nor within an aggregate",
          "select id from o2: there is no table db.o2 in the target");

  private final List<String> found = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Source.class)
  void givesTheSameRows(Source product) throws SQLException {
    try (FreshDatabase from = product.fresh();
        Connection source = Servers.open(from);
        FreshDatabase to = Servers.target();
        Connection target = Servers.open(to)) {
      ViewTranslator translator = prepared(from, source, target);
      for (int i = 0; i < SAME.size(); i++) {
        String name = "v" + i;
        Servers.execute(source, "CREATE VIEW " + name + " AS " + SAME.get(i));
        boolean ordered = SAME.get(i).contains("order by");
        expected.add(SAME.get(i) + " = " + rows(source, name, ordered));
        Translation translation = translator.translate(definition(source, from, name));
        found.add(SAME.get(i) + " = " + made(target, name, ordered, translation));
      }
      assertThat(String.join("\n", found)).isEqualTo(String.join("\n", expected));
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void leavesTheUncertainToTheUser(Source product) throws SQLException {
    try (FreshDatabase from = product.fresh();
        Connection source = Servers.open(from);
        FreshDatabase to = Servers.target();
        Connection target = Servers.open(to)) {
      ViewTranslator translator = prepared(from, source, target);
      Servers.execute(source, "CREATE TABLE o2 (id int)");
      for (int i = 0; i < REFUSED.size(); i++) {
        String name = "v" + i;
        String[] parts = REFUSED.get(i).split(": ", 2);
        Servers.execute(source, "CREATE VIEW " + name + " AS " + parts[0]);
        Translation translation = translator.translate(definition(source, from, name));
        expected.add(REFUSED.get(i));
        found.add(
            parts[0]
                + ": "
                + String.valueOf(
                        translation.reason() == null ? translation.sql() : translation.reason())
                    .replace(from.name(), "db"));
      }
      assertThat(String.join("\n", found)).isEqualTo(String.join("\n", expected));
    }
  }

  /** Two tables and a view on both sides. */
  private static ViewTranslator prepared(FreshDatabase from, Connection source, Connection target)
      throws SQLException {
    SampleTable.create(source, List.of());
    Servers.execute(
        source,
        "CREATE TABLE o (id int PRIMARY KEY, t_id int, amount decimal(8,2), made date,"
            + " note varchar(20) COLLATE utf8mb4_general_ci) CHARACTER SET utf8mb4",
        "INSERT INTO o VALUES (1,1,5.50,'2020-01-31','x'), (2,1,NULL,'2020-02-01',NULL),"
            + " (3,3,-1.25,'2020-02-29','z'), (4,NULL,7,NULL,'Z'), (5,9,100.01,'2021-02-01','')",
        "CREATE VIEW `my view` (`Id`, num) AS SELECT id, i FROM t");
    SourceCatalog catalog =
        SourceSchemaReader.read(source, from.name(), name -> name.equals("t") || name.equals("o"));
    for (SourceTable table : catalog.tables()) {
      SampleTable.copy(table, source, target);
    }
    Servers.execute(target, "CREATE VIEW \"My View\" AS SELECT id AS \"Id\", i AS num FROM t");
    return new ViewTranslator(
        catalog.product(),
        from.name(),
        name ->
            name.table().equals("my view")
                ? Optional.of(view(catalog))
                : catalog.table(name).map(ViewTranslatorTest::table));
  }

  private static Tables.Table table(SourceTable table) {
    return new Tables.Table(Identifiers.postgres(table.name().table()), SampleTable.scope(table));
  }

  private static Tables.Table view(SourceCatalog catalog) {
    SourceTable table =
        catalog.tables().stream()
            .filter(t -> t.name().table().equals("t"))
            .findFirst()
            .orElseThrow();
    return new Tables.Table(
        "\"My View\"",
        name ->
            Stream.of("Id", "num")
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .flatMap(
                    found ->
                        SampleTable.scope(table)
                            .column(found.equals("Id") ? "id" : "i")
                            .map(
                                c ->
                                    new Scope.Column(
                                        Identifiers.postgres(found), c.type(), c.source()))));
  }

  private static String definition(Connection source, FreshDatabase database, String view)
      throws SQLException {
    return Servers.rows(
            source,
            "SELECT view_definition FROM information_schema.views WHERE table_schema = '"
                + database.name()
                + "' AND table_name = '"
                + view
                + "'")
        .get(0);
  }

  private static String made(
      Connection target, String name, boolean ordered, Translation translation)
      throws SQLException {
    if (translation.sql() == null) {
      return "no translation: " + translation.reason();
    }
    try {
      Servers.execute(target, "CREATE VIEW " + name + " AS " + translation.sql());
      return rows(target, name, ordered).toString();
    } catch (SQLException e) {
      return e.getMessage() + " in " + translation.sql();
    }
  }

  /** The rows with booleans as numbers; without an order the rows are compared as a set. */
  private static List<String> rows(Connection connection, String view, boolean ordered)
      throws SQLException {
    Stream<String> rows =
        Servers.rows(connection, "SELECT * FROM " + view).stream()
            .map(r -> ("|" + r + "|").replace("|t|", "|1|").replace("|f|", "|0|"));
    return (ordered ? rows : rows.sorted()).toList();
  }
}
