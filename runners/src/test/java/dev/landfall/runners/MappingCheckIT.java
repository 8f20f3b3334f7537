package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is found about mappings without rows: each finding, where it stands, and the exit code. */
class MappingCheckIT {
  private static final String[] SHOP = {
    "CREATE TABLE users (id int PRIMARY KEY, email varchar(60) NOT NULL, state enum('A','I','X')"
        + " NOT NULL, code varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,"
        + " n varchar(9), UNIQUE KEY mail (email), UNIQUE KEY code (code))",
    "CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL, code varchar(9) CHARACTER SET"
        + " utf8mb4 COLLATE utf8mb4_general_ci, CONSTRAINT buyer FOREIGN KEY (user_id) REFERENCES"
        + " users (id), CONSTRAINT coder FOREIGN KEY (code) REFERENCES users (code))",
    "CREATE TABLE a (id int PRIMARY KEY, v int)",
    "CREATE TABLE b (id int PRIMARY KEY, v int)"
  };

  private static String check(Pair pair, int code, String spec, String... more) throws Exception {
    java.util.List<String> arguments =
        new java.util.ArrayList<>(
            java.util.List.of("mapping", "check", "-c", pair.spec(spec).toString()));
    arguments.addAll(java.util.List.of(more));
    Cli.Result result = Cli.run(arguments).exits(code);
    assertThat(result.err()).isEmpty();
    return result
        .out()
        .replace(pair.source().name(), "SRC")
        .replaceAll("[^\\s\"]*/spec[^ :\"]*\\.yaml", "spec.yaml");
  }

  @Test
  void findsNothingWhereNothingIs() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      assertThat(check(pair, 0, "", "--strict")).isEqualTo("Nothing was found.\n");
    }
  }

  @Test
  void columnsThatNobodyMapped() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      String spec = "tables: {include: [a]}\nmappings: [{table: a, columns: [id]}]";
      assertThat(check(pair, 0, spec))
          .isEqualTo(
              """
              warning  SRC.a.v  spec.yaml:5:20  mappings[0].table
                nothing is made of it (int(11)), and the spec does not say that it stays behind
                To put it right: map it; or give the columns as a map in place of a list, and name it\
               under `omit`

              0 errors, 1 warning
              """);
      check(pair, 1, spec, "--strict");
      check(
          pair,
          0,
          "tables: {include: [a]}\nmappings: [{table: a, omit: {v: nobody reads it}}]",
          "--strict");
    }
  }

  @Test
  void typesThatAValueMayMiss() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      assertThat(
              check(
                  pair,
                  0,
                  "tables: {include: [users]}\nmappings: [{table: users, columns: {n: {apply: trim,"
                      + " type: integer}}}]"))
          .isEqualTo(
              """
              warning  public.users.n  spec.yaml:5:37  mappings[0].columns.n
                n, trim gives varchar(9), which becomes integer row by row: one whose value is none becomes\
               a reject
                To put it right: see with `landfall mapping preview` what the values are, or let the\
               column be varchar(9)

              0 errors, 1 warning
              """);
    }
  }

  @Test
  void keysThatNeedNotBeUnique() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      String other =
          check(
              pair,
              1,
              "tables: {include: [users]}\nmappings: [{table: users, key: state, columns: {state:"
                  + " state}}]");
      assertThat(other)
          .contains(
              "error  public.users.state  ",
              "two rows of SRC.users may have the same key: no unique index of it is told by what the"
                  + " key is made of")
          .endsWith("1 error, 0 warnings\n");
      String lowered =
          check(
              pair,
              0,
              "tables: {include: [users]}\nmappings: [{table: users, columns: {email: {apply:"
                  + " lower}}}]");
      assertThat(lowered)
          .contains(
              "warning  public.users.email  spec.yaml:5:37  mappings[0].columns.email\n  it stands in"
                  + " the place of email, which mail says is unique; what is made of it need not be")
          .endsWith("0 errors, 1 warning\n");
      assertThat(
              check(
                  pair,
                  1,
                  "tables: {include: [users]}\nmappings: [{table: users, key: email, columns: {email:"
                      + " {apply: lower}}}]"))
          .contains("error  public.users.email", "1 error, 1 warning");
      // A unique index other than the primary key will do.
      assertThat(
              check(pair, 0, "tables: {include: [users]}\nmappings: [{table: users, key: email}]"))
          .isEqualTo("Nothing was found.\n");
    }
  }

  @Test
  void referencesThatWouldDangle() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      assertThat(check(pair, 0, "tables: {include: [orders]}"))
          .contains(
              "warning  public.orders.user_id\n  it refers to SRC.users by buyer, which does not move",
              "0 errors, 2 warnings");
      assertThat(
              check(
                  pair,
                  1,
                  "tables: {include: [orders, users]}\nmappings: [{table: users, where: id > 3}]"))
          .contains(
              "error  public.orders.user_id\n  it refers to SRC.users by buyer, of which only some rows"
                  + " move, while all rows of SRC.orders do");
      assertThat(
              check(
                  pair,
                  1,
                  "tables: {include: [orders, users]}\nmappings: [{table: users, columns: {id: {uuid:"
                      + " id}}}, {table: orders, columns: {user_id: {type: bigint}}}]"))
          .contains(
              "error  public.orders.user_id  spec.yaml:5:",
              "it refers to SRC.users by buyer, whose key is made anew as id uuid, and does not"
                  + " follow");
      assertThat(
              check(
                  pair,
                  0,
                  "tables: {include: [orders, users]}\nmappings: [{table: users, key: code, columns:"
                      + " {code: {uuid: code}}}]"))
          .contains(
              "warning  public.orders.code\n  the key that it refers to is made of SRC.users.code, a"
                  + " text of which utf8mb4_general_ci takes 'abc' and 'ABC' for one");
    }
  }

  @Test
  void tablesThatBecomeOne() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      String plain =
          "tables: {include: [a, b]}\nmappings: [{table: a, to: t, merge: true}, {table: b, to: t,"
              + " merge: true}]";
      assertThat(check(pair, 0, plain))
          .contains(
              "warning  public.t.id  ",
              "SRC.a and SRC.b may have rows of the same key, and nothing in it tells of which table a"
                  + " row is",
              "0 errors, 1 warning");
      assertThat(
              check(
                  pair,
                  0,
                  "tables: {include: [a, b]}\nmappings: [{table: a, to: t, merge: true, key: [id, of],"
                      + " columns: {of: {constant: a}}}, {table: b, to: t, merge: true, key: [id, of],"
                      + " columns: {of: {constant: b}}}]"))
          .isEqualTo("Nothing was found.\n");
    }
  }

  @Test
  void mapsThatLackMembers() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      String spec =
          "tables: {include: [users]}\nmappings: [{table: users, columns: {state: {apply: [lower, {map:"
              + " {a: active, i: idle, z: zzz}}]}}}]";
      assertThat(check(pair, 1, spec))
          .contains(
              "error  public.users.state  spec.yaml:5:37  mappings[0].columns.state\n  the map lacks"
                  + " members of the enum, and rows with one would be rejected: X\n",
              "the map has what no member of the enum gives: z")
          .endsWith("1 error, 1 warning\n");
      assertThat(check(pair, 1, spec, "--json"))
          .startsWith(
              "{\"migration\":\"move\",\"findings\":[{\"severity\":\"error\",\"check\":\"map members\","
                  + "\"table\":\"public.users\",\"object\":\"state\",\"place\":\"spec.yaml:5:37  ");
    }
  }

  @Test
  void whatCanNotBeCarriedOutIsRefusedAsEver() throws Exception {
    try (Pair pair = Pair.make()) {
      Db.run(pair.source(), SHOP);
      assertThat(
              Cli.run(
                      "mapping",
                      "check",
                      "-c",
                      pair.spec("mappings: [{table: a, columns: {v: {from: w}}}]").toString())
                  .exits(2)
                  .message())
          .contains("table " + pair.source().name() + ".a has no column \"w\"");
      Db.run(pair.target(), "CREATE TABLE a (id int PRIMARY KEY, v int, more text NOT NULL)");
      assertThat(
              Cli.run("mapping", "check", "-c", pair.spec("tables: {include: [a]}").toString())
                  .exits(2)
                  .message())
          .contains("public.a.more: is NOT NULL and has no default, but nothing is mapped to it");
    }
  }
}
