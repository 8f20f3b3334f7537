package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong specs and what is said of them: every mistake, its place, the nearest name, no secret. */
class SpecMistakesTest {
  private static final String URLS =
      """
      source: mysql://root:hunter2@db/shop
      target: postgresql://me:hunter2@pg/shop
      """;

  @TempDir Path directory;

  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong(
            "unknown keys",
            URLS + "laod: {}\ntables: {inclde: [a]}\n",
            "3:1  laod: unknown key. Did you mean \"load\"?",
            "4:10  tables.inclde: unknown key. Did you mean \"include\"?"),
        wrong(
            "an unknown key like no other",
            URLS + "tables: {everything: yes}\n",
            "3:10  tables: unknown key. Known: include, exclude."),
        wrong(
            "wrong types",
            URLS + "tables: all\nmappings: {users: people}\nload: [1]\nname: {a: b}\n",
            "3:9  tables: expected a map of keys and values, found text.",
            "4:11  mappings: expected a list, found a map.",
            "5:7  load: expected a map of keys and values, found a list.",
            "6:7  name: expected text, found a map."),
        wrong(
            "plug-ins",
            URLS
                + """
                plugins: [gone.jar, shop.yaml, ""]
                mappings:
                  - table: users
                    columns:
                      a: {plugin: p, join: "-", from: [b, c]}
                      d: {with: {k: v}, from: e}
                      f: {plugin: "", from: []}
                      g: {plugin: p, expr: "1"}
                      h: {plugin: p, with: [k]}
                      i: {plugin: p, with: {k: [v]}}
                """,
            "3:11  plugins[0]: the jar gone.jar does not exist.",
            "3:21  plugins[1]: the file shop.yaml is no jar.",
            "3:32  plugins[2]: expected a name, found an empty text.",
            "7:10  mappings[0].columns.a: plugin is what makes the value, so `join` can't stand"
                + " beside it.",
            "8:10  mappings[0].columns.d: with is what is said to a plug-in, and there is none.",
            "9:19  mappings[0].columns.f.plugin: expected a name, found an empty text.",
            "9:29  mappings[0].columns.f.from: no columns are listed.",
            "10:10  mappings[0].columns.g: expr names its columns, so `plugin` can't stand beside"
                + " it.",
            "11:28  mappings[0].columns.h.with: expected a map of keys and values, found a list.",
            "12:32  mappings[0].columns.i.with.k: expected text, found a list."),
        wrong(
            "no plug-ins",
            URLS + "plugins: []\n",
            "3:10  plugins: no jar is listed; leave plugins out."),
        wrong(
            "statements",
            URLS
                + """
                sql:
                  beforeTabels: []
                  beforeLoad: VACUUM
                  afterLoad:
                    - ""
                    - VACUUM
                    - |
                      select 1;
                      commit;
                      create index concurrently i on t (a);
                    - {file: nowhere.sql}
                    - {fil: a}
                    - copy t from stdin
                    - [select 1]
                  afterKeys: [select 1, null]
                """,
            "4:3  sql.beforeTabels: unknown key. Did you mean \"beforeTables\"?",
            "5:15  sql.beforeLoad: expected a list, found text.",
            "7:7  sql.afterLoad[0]: there is no statement.",
            "8:7  sql.afterLoad[1]: VACUUM can't be part of a transaction, and each entry is one, with"
                + " the note that it ran. Run it yourself, before or behind the command.",
            "9:7  sql.afterLoad[2]: line 2 of it: COMMIT: each entry is a transaction of its own, with"
                + " the note that it ran. Leave it out.",
            "9:7  sql.afterLoad[2]: line 3 of it: CREATE … CONCURRENTLY can't be part of a"
                + " transaction, and each entry is one, with the note that it ran. Run it yourself,"
                + " before or behind the command.",
            "13:14  sql.afterLoad[3].file: the file DIRECTORY/nowhere.sql does not exist.",
            "14:7  sql.afterLoad[4]: file is missing: the name of a file of statements.",
            "14:8  sql.afterLoad[4].fil: unknown key. Did you mean \"file\"?",
            "15:7  sql.afterLoad[5]: COPY has no client here to take data from or give it to. Use"
                + " INSERT, or a file of the server.",
            "16:7  sql.afterLoad[6]: expected text, found a list.",
            "17:25  sql.afterKeys[1]: expected text, found nothing."),
        wrong(
            "checks",
            URLS
                + """
                checks:
                  - {nam: a, sql: select 1}
                  - {name: a, sql: select 1, source: select 1}
                  - {name: a, source: select 1}
                  - {name: b}
                  - {name: c, sql: "select ';'; select 2"}
                  - {name: d, sql: select 1, expect: nothing, key: [a]}
                  - {name: e, sql: select 1, tolerance: -1, timeout: 0s}
                """,
            "4:5  checks[0]: name is missing: what the check is called in messages.",
            "4:6  checks[0].nam: unknown key. Did you mean \"name\"?",
            "5:20  checks[1].sql: is for both sides. Give sql alone, or source and target.",
            "6:5  checks[2]: target is missing: the query whose rows are compared with the other"
                + " side's; or say \"expect: none\" if there must be no row.",
            "6:12  checks[2].name: the name is given twice; the first is in line 5. Give each check a"
                + " name of its own.",
            "7:5  checks[3]: sql is missing: a query for both sides, or source and target with one"
                + " each.",
            "8:20  checks[4].sql: expected one query, found several.",
            "9:38  checks[5].expect: expected none, found \"nothing\". Leave expect out to compare the"
                + " rows of both sides.",
            "9:52  checks[5].key: is of no use with \"expect: none\", which compares nothing. Remove"
                + " it.",
            "10:41  checks[6].tolerance: expected a number such as 0.01, or a share such as 0.1%; found"
                + " \"-1\".",
            "10:54  checks[6].timeout: expected a time from 1s to 24h with its unit, such as 10m"
                + " (units: ms, s, m, h); found \"0s\"."),
        wrong(
            "a list in place of a URL",
            "source: [mysql://root:hunter2@db/shop]\ntarget:\n",
            "1:9  source: expected a URL or a map with url in it, found a list.",
            "2:8  target: expected a URL or a map with url in it, found nothing."),
        wrong(
            "more brackets than a reader has room for",
            URLS + "tables: " + "[".repeat(5000) + "\n",
            "3:108  lists and maps are more than 100 levels deep here; no part of a spec is. Look at"
                + " the brackets."),
        wrong(
            "a secret without an end",
            "source: {url: mysql://db/shop, password: 'file:/dev/zero'}\ntarget: postgres://pg/x\n",
            "1:42  source.password: the secret file /dev/zero has more than 64 KiB, which is the most"
                + " that is read of one. Name a file that holds the secret and nothing else."),
        wrong(
            "tabs",
            "source:\n\turl: mysql://root:hunter2@db/shop\n\tuser: x\n",
            "2:1  a tab stands in the indentation; YAML takes only spaces. Use spaces.",
            "3:1  a tab stands in the indentation; YAML takes only spaces. Use spaces."),
        wrong(
            "duplicate keys",
            URLS + "load: {chunkRows: 5, chunkRows: 6}\nsource: mysql://db/x\n",
            "3:22  load.chunkRows: the key is given twice; the first is in line 3.",
            "4:1  source: the key is given twice; the first is in line 1."),
        wrong(
            "an unset variable",
            """
            source: {url: mysql://db/shop, user: '${WHO}', password: '${SHOP_PW}'}
            target: mysql://${HOST}/${NOWHERE}
            """,
            "1:38  source.user: environment variable WHO is not set.",
            "2:9  target: environment variable NOWHERE is not set."),
        wrong(
            "a broken variable",
            """
            source: {url: mysql://db/shop, password: 'a${hunter2'}
            target: {url: postgres://pg/x, password: '${hunter2!}'}
            """,
            "1:42  source.password: \"${\" must be followed by the name of an environment variable"
                + " and \"}\"; write \"$${\" for the characters themselves.",
            "2:42  target.password: \"${\" must be followed by the name of an environment variable"
                + " and \"}\"; write \"$${\" for the characters themselves."),
        wrong(
            "missing databases",
            "name: x\n",
            "1:1  source is missing: the MySQL or MariaDB database,"
                + " mysql://user@host:3306/database.",
            "1:1  target is missing: the PostgreSQL database,"
                + " postgresql://user@host:5432/database."),
        wrong(
            "a map without a URL",
            "source: {user: x}\ntarget: {url: postgres://pg/x, schema: landfall, pasword: hunter2}\n",
            "1:9  source: url is missing; expected mysql://user@host:3306/database.",
            "2:50  target.pasword: unknown key. Did you mean \"password\"?",
            "2:40  target.schema: schema landfall is not for tables of a migration; name another."),
        wrong(
            "wrong words for names and collations",
            """
            source: mysql://db/shop
            target: {url: postgres://pg/x, names: upper}
            collations: [icu]
            mappings:
              - table: users
                collation: citxt
                columns:
                  xmin: id
                  a: {constant: 1, collation: icu}
                  b: {collation: none}
            """,
            "2:39  target.names: expected keep or lower, found \"upper\".",
            "3:13  collations: expected text, found a list.",
            "6:16  mappings[0].collation: expected binary, unique, icu or citext, found \"citxt\"."
                + " Did you mean \"citext\"?",
            "8:13  mappings[0].columns.xmin: PostgreSQL keeps the column name xmin for itself;"
                + " choose another.",
            "9:10  mappings[0].columns.a: a constant can't have collation beside it.",
            "10:22  mappings[0].columns.b.collation: expected binary, unique, icu or citext, found"
                + " \"none\"."),
        wrong(
            "wrong databases",
            """
            source:
              url: mysql://db/shop
              databases: {crm: pg_crm, logs: landfall}
            target: {url: postgres://pg/x, schema: public}
            """,
            "3:14  source.databases: the URL's database shop is not among crm, logs. Add it, or leave"
                + " it out of the URL.",
            "3:20  source.databases.crm: schema pg_crm is not for tables of a migration; name"
                + " another.",
            "3:34  source.databases.logs: schema landfall is not for tables of a migration; name"
                + " another.",
            "4:40  target.schema: source.databases says which schema each database goes to. Remove"
                + " target.schema."),
        wrong(
            "a list of databases",
            """
            source:
              url: mysql://db
              databases: [crm, crm, information_schema]
            target: postgres://pg/x
            """,
            "3:20  source.databases[1]: database crm is listed twice.",
            "3:25  source.databases[2]: schema information_schema is not for tables of a migration;"
                + " name another. Write a map, and the schema behind the database."),
        wrong(
            "no databases",
            "source: {url: mysql://db/shop, databases: shop}\ntarget: postgres://pg/x\n",
            "1:43  source.databases: expected a list of databases, or a map from databases to"
                + " schemas, found text."),
        wrong(
            "numbers out of range",
            URLS
                + """
                load:
                  chunkRows: 0
                  chunkBytes: 16Mib
                  parallelism: -1
                  rejects: 101%
                  outage: 60
                  append: maybe
                """,
            "4:14  load.chunkRows: expected a whole number of rows from 1 to 10000000; found \"0\".",
            "5:15  load.chunkBytes: expected a size from 64KiB to 512MiB, such as 16MiB (units: B,"
                + " KB, MB, GB, KiB, MiB, GiB); found \"16Mib\".",
            "6:16  load.parallelism: expected a whole number from 0 to 4096; 0 or auto for as many"
                + " as there are processors; found \"-1\".",
            "7:12  load.rejects: expected a share from 0% to 100%, such as 0.1%, or a whole number"
                + " of rows, such as 500; found \"101%\".",
            "8:11  load.outage: expected a time from 0s to 168h with its unit, such as 60s (units:"
                + " ms, s, m, h); found \"60\".",
            "9:11  load.append: expected true or false, found text."),
        wrong(
            "an empty include",
            URLS + "tables:\n  include: []\n  exclude: ['', 7, [a]]\n",
            "4:12  tables.include: nothing is included; leave include out for all tables.",
            "5:13  tables.exclude[0]: expected a name, found an empty text.",
            "5:20  tables.exclude[2]: expected text, found a list."),
        wrong(
            "the same table twice",
            URLS
                + """
                mappings:
                  - {table: users, to: people}
                  - {table: users, to: persons}
                  - {table: men, to: people}
                  - table: all
                    split:
                      - {to: a, columns: [id]}
                      - {to: a, columns: [id]}
                """,
            "5:13  mappings[1].table: the table is mapped twice; the first is in line 4.",
            "6:22  mappings[2].to: the target table is written by two mappings; the first is in"
                + " line 4.",
            "10:14  mappings[3].split[1].to: the target table is written by two mappings; the first"
                + " is in line 9."),
        wrong(
            "the same column twice",
            URLS
                + """
                mappings:
                  - table: users
                    columns: {mail: email, mail: name}
                  - table: orders
                    columns: [id, total, {id: number}]
                """,
            "5:28  mappings[0].columns.mail: the key is given twice; the first is in line 5.",
            "7:27  mappings[1].columns[2].id: the target column is given twice; the first is in line"
                + " 7."),
        wrong(
            "to and split",
            URLS
                + """
                mappings:
                  - table: users
                    to: people
                    omit: [x]
                    split:
                      - to: accounts
                        omit: [y]
                  - table: orders
                    split: []
                  - to: nobody
                """,
            "5:9  mappings[0].to: a mapping with split can't have to: each target of the split names"
                + " itself and its columns. Remove one of the two.",
            "6:11  mappings[0].omit: a mapping with split can't have omit: each target of the split"
                + " names itself and its columns. Remove one of the two.",
            "8:9  mappings[0].split[0]: columns is missing: a target of a split names itself and its"
                + " columns.",
            "9:9  mappings[0].split[0]: unknown key. Known: to, columns, key, where, duplicates, each.",
            "11:12  mappings[1].split: the split has no targets.",
            "12:5  mappings[2]: table is missing: the source table that this mapping is for."),
        wrong(
            "columns",
            URLS
                + """
                mappings:
                  - table: users
                    to: crm.people
                    omit: [a, a]
                    columns:
                      b: null
                      c: {constant: 1, from: x}
                      d: {from: x, ifNull: null}
                      e: {form: x}
                      f: {from: x, nullable: 7}
                  - table: orders
                    omit: [a]
                    columns: []
                  - table: items
                    columns: [{from: a, type: text}, null]
                  - table: notes
                    omit: {a: [why], "": nobody, a: twice}
                """,
            "5:9  mappings[0].to: expected a table's name alone: the schema of all target tables is"
                + " target.schema.",
            "6:15  mappings[0].omit[1]: the column is omitted twice; the first is in line 6.",
            "8:10  mappings[0].columns.b: the source column is missing; for NULL in every row write"
                + " {constant: null}.",
            "9:10  mappings[0].columns.c: a constant can't have from beside it.",
            "10:28  mappings[0].columns.d.ifNull: NULL in place of NULL changes nothing. Remove"
                + " ifNull or give a value.",
            "11:11  mappings[0].columns.e.form: unknown key. Did you mean \"from\"?",
            "12:30  mappings[0].columns.f.nullable: expected true or false, found text.",
            "14:11  mappings[1].omit: a list of columns is complete, so nothing is left to omit."
                + " Remove one of them.",
            "15:14  mappings[1].columns: no columns are listed.",
            "17:15  mappings[2].columns[0]: expected a column, or one `target: source` or `target:"
                + " {from: …, type: …}`; found 2 keys.",
            "17:38  mappings[2].columns[1]: expected text, found nothing.",
            "19:15  mappings[3].omit.a: expected text, found a list.",
            "19:26  mappings[3].omit.: expected a name, found an empty text.",
            "19:34  mappings[3].omit.a: the key is given twice; the first is in line 19."),
        wrong(
            "an alias in place of a password",
            "source: {url: mysql://db/shop, password: *hunter2}\n",
            "1:42  a value that starts with * or & is an alias or anchor in YAML, and this is none."
                + " Put the value in quotes."),
        wrong(
            "a tag in place of a password",
            "source: {url: mysql://db/shop, password: !hunter2 x}\ntarget: postgres://pg/x\n",
            "1:42  source.password: a value that starts with ! is a tag in YAML. Put the value in"
                + " quotes."),
        wrong(
            "syntax",
            "source: {url: mysql://db/shop, password: hunter2\n",
            "2:1  not valid YAML: expected ',' or '}' here. Look at the indentation, quotes and"
                + " brackets here and in the lines above."),
        wrong(
            "a reserved character",
            "source: {url: mysql://db/shop, password: @hunter2}\n",
            "1:42  a value can't start with this character in YAML. Put the value in quotes."),
        wrong(
            "a colon in the middle",
            "name: a: b\n",
            "1:8  a key is not allowed here: the indentation is wrong, or a text with \": \" in it"
                + " needs quotes."),
        wrong(
            "a control character",
            "name: x\nuser: 'a\u0001'\n",
            "2:9  there is a control character, which YAML does not allow. Remove it."),
        wrong(
            "two documents",
            "name: x\n---\nname: y\n",
            "2:1  a second YAML document starts here; a spec is one document."),
        wrong(
            "a list",
            "- hunter2\n",
            "1:1  expected a map of keys and values, found a list.",
            "1:1  source is missing: the MySQL or MariaDB database,"
                + " mysql://user@host:3306/database.",
            "1:1  target is missing: the PostgreSQL database,"
                + " postgresql://user@host:5432/database."));
  }

  private static Arguments wrong(String what, String yaml, String... lines) {
    return Arguments.of(what, yaml, List.of(lines));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void allMistakesAreListed(String what, String yaml, List<String> lines) throws IOException {
    Path file = Files.writeString(directory.resolve("shop.yaml"), yaml);
    Environment environment = Environment.of(Map.of("SHOP_PW", "hunter2", "HOST", "h"));

    MigrationException thrown =
        catchThrowableOfType(MigrationException.class, () -> SpecReader.read(file, environment));

    assertThat(thrown.kind()).isEqualTo(MigrationException.Kind.USAGE);
    List<String> message = String.valueOf(thrown.getMessage()).lines().toList();
    assertThat(message.get(0))
        .isEqualTo(
            (lines.size() == 1 ? "1 mistake" : lines.size() + " mistakes")
                + ", nothing was touched:");
    assertThat(message.subList(1, message.size()))
        .containsExactlyInAnyOrderElementsOf(
            lines.stream()
                .map(l -> file + ":" + l.replace("DIRECTORY", directory.toString()))
                .toList());
    assertThat(thrown.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void mistakesComeInTheOrderOfTheFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("shop.yaml"), "load: {x: 1}\nname: [a]\ntarget: y\nsource: y\n");

    MigrationException thrown =
        catchThrowableOfType(
            MigrationException.class, () -> SpecReader.read(file, Environment.of(Map.of())));

    assertThat(String.valueOf(thrown.getMessage()).lines().skip(1))
        .zipSatisfy(
            List.of(":1:8  ", ":2:7  ", ":3:9  ", ":4:9  "),
            (line, place) -> assertThat(line).startsWith(file + place));
  }

  @Test
  void secretFilesMustBeThereAndHoldSomething() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path file =
        Files.writeString(
            directory.resolve("shop.yaml"),
            """
            source: {url: mysql://db/shop, password: file:nowhere}
            target: {url: postgres://pg/x, password: "file://%s"}
            """
                .formatted(empty));

    MigrationException thrown =
        catchThrowableOfType(
            MigrationException.class, () -> SpecReader.read(file, Environment.of(Map.of())));

    assertThat(String.valueOf(thrown.getMessage()).lines().skip(1))
        .containsExactly(
            file
                + ":1:42  source.password: the secret file "
                + directory.resolve("nowhere")
                + " does not exist.",
            file + ":2:42  target.password: the secret file " + empty + " is empty.");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path missing = directory.resolve("missing.yaml");
    Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {'a', (byte) 0xff});

    assertThat(
            catchThrowableOfType(
                MigrationException.class, () -> SpecReader.read(missing, Environment.of(Map.of()))))
        .hasMessage(
            "The spec %s does not exist. Name a spec with -c, or give --source and --target.",
            missing);
    assertThat(
            catchThrowableOfType(
                MigrationException.class, () -> SpecReader.read(binary, Environment.of(Map.of()))))
        .hasMessage(
            "The spec %s is not UTF-8 text. Name a spec with -c, or give --source and --target.",
            binary);
  }
}
