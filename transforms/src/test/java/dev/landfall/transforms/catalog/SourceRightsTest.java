package dev.landfall.transforms.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.embedded.FreshDatabase;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.Servers.Source;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceRightsTest {
  /** An account with some rights on a fresh database, and what it is told. */
  private static final class Account implements AutoCloseable {
    private final FreshDatabase database;
    private final Connection administrator;
    private final String user;
    private final List<String> roles = new ArrayList<>();

    Account(FreshDatabase database, Connection administrator) throws SQLException {
      this.database = database;
      this.administrator = administrator;
      this.user = name("reader");
      Servers.execute(administrator, "CREATE USER " + user + " IDENTIFIED BY 'pw'");
    }

    /** A name of its own on a server that other tests use too. */
    String name(String word) {
      return word + "_" + database.name().substring(database.name().length() - 6);
    }

    String role(String word) throws SQLException {
      String role = name(word);
      Servers.execute(administrator, "CREATE ROLE " + role);
      roles.add(role);
      return role;
    }

    /** {@code %d} is the database, {@code %u} the account. */
    Account with(String... grants) throws SQLException {
      for (String grant : grants) {
        Servers.execute(
            administrator,
            grant.replace("%d", "`" + database.name() + "`").replace("%u", user + "@'%'"));
      }
      return this;
    }

    /** The same without rights, so that each case stands alone. */
    Account anew() throws SQLException {
      close();
      Servers.execute(administrator, "CREATE USER " + user + " IDENTIFIED BY 'pw'");
      return this;
    }

    /** What a migration of all tables that the account sees is told, empty when it may begin. */
    String told(boolean all) throws SQLException {
      try (Connection reader = Servers.open(database, user, "pw")) {
        List<SourceTable> tables =
            SourceSchemaReader.read(reader, database.name(), table -> true).tables();
        SourceRights.require(
            reader, new SourceRights.Wanted(all ? List.of(database.name()) : List.of(), tables));
        return "";
      } catch (MigrationException e) {
        assertThat(e.kind()).isEqualTo(MigrationException.Kind.USAGE);
        return String.valueOf(e.getMessage());
      }
    }

    @Override
    public void close() throws SQLException {
      Servers.execute(administrator, "DROP USER " + user);
      for (String role : roles) {
        Servers.execute(administrator, "DROP ROLE " + role);
      }
      roles.clear();
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void onlyAWholeViewIsTakenForOne(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection administrator = Servers.open(database);
        Account account = new Account(database, administrator)) {
      String name = database.name();
      Servers.execute(
          administrator,
          "CREATE TABLE a (id int PRIMARY KEY)",
          "CREATE TABLE b (id int, more int, secret int)");
      String tables =
          """
          The account %s@%% may not see every table of %s on the source; one that it does not see \
          would be left out without a word. Nothing was touched. Let an administrator of the source \
          run this, or name each table that is to move under "tables" of the spec:
            GRANT SELECT ON `%s`.* TO '%s'@'%%';"""
              .formatted(account.user, name, name.replace("_", "\\_"), account.user);
      String columns =
          """
          The account %s@%% may not see every column of %s.b (it sees id, more) on the source; one \
          that it does not see would be left out without a word. Nothing was touched. Let an \
          administrator of the source run this, or grant REFERENCES instead, which shows columns and \
          lets none be read, and omit those that may not be read:
            GRANT SELECT ON `%s`.`b` TO '%s'@'%%';"""
              .formatted(account.user, name, name, account.user);

      account.with("GRANT SELECT ON %d.a TO %u");
      assertThat(account.told(true)).isEqualTo(tables);
      assertThat(account.told(false)).isEmpty();

      account.anew().with("GRANT SELECT ON %d.a TO %u", "GRANT SELECT (id, more) ON %d.b TO %u");
      assertThat(account.told(true)).isEqualTo(tables);
      assertThat(account.told(false)).isEqualTo(columns);

      // The statement that the message has is what helps.
      account.with(tables.substring(tables.indexOf("GRANT")).replace(";", ""));
      assertThat(account.told(true)).isEmpty();

      account.anew().with("GRANT SELECT ON *.* TO %u");
      assertThat(account.told(true)).isEmpty();

      account.anew().with("GRANT SELECT ON `schema\\_%`.* TO %u");
      assertThat(account.told(true)).isEmpty();

      // Wherever the right comes from, and however deep.
      account.anew();
      String outer = account.role("outer");
      String inner = account.role("inner");
      account.with(
          "GRANT SELECT ON %d.* TO " + inner,
          "GRANT " + inner + " TO " + outer,
          "GRANT " + outer + " TO %u");
      account.with("SET DEFAULT ROLE " + outer + (product == Source.MYSQL ? " TO %u" : " FOR %u"));
      assertThat(account.told(true)).isEmpty();

      // A role that the session does not have.
      account.anew();
      String idle = account.role("idle");
      account.with(
          "GRANT SELECT ON %d.* TO " + idle,
          "GRANT " + idle + " TO %u",
          "GRANT SELECT ON %d.a TO %u");
      assertThat(account.told(true)).isEqualTo(tables);

      // Rights that show tables and no columns, and rights that show columns too.
      account.anew().with("GRANT DELETE ON %d.* TO %u", "GRANT SELECT ON %d.a TO %u");
      assertThat(account.told(true))
          .startsWith(
              "The account " + account.user + "@% can't read " + name + ".b on the source;");
      account.with("GRANT SELECT (id, more) ON %d.b TO %u");
      assertThat(account.told(true)).isEqualTo(columns);
      account.with("GRANT REFERENCES ON %d.b TO %u");
      assertThat(account.told(true))
          .isEqualTo(
              """
              The account %s@%% can't read %s.b on the source; nothing was touched. Let an \
              administrator of the source run this, or exclude the tables, or omit the columns that \
              it may not read:
                GRANT SELECT ON `%s`.`b` TO '%s'@'%%';"""
                  .formatted(account.user, name, name, account.user));
    }
  }

  @Test
  void aHiddenColumnThatIsInvisibleIsMissedToo() throws SQLException {
    try (FreshDatabase database = Source.MARIADB.fresh();
        Connection administrator = Servers.open(database);
        Account account = new Account(database, administrator)) {
      Servers.execute(
          administrator, "CREATE TABLE a (id int PRIMARY KEY, secret int INVISIBLE DEFAULT 3)");
      account.with("GRANT SELECT (id) ON %d.a TO %u");
      assertThat(account.told(false)).contains("may not see every column of");
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void whoMayOnlyReadSeesTheSameTables(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection administrator = Servers.open(database);
        Account account = new Account(database, administrator)) {
      String check = product == Source.MARIADB ? " COMMENT ')' CHECK (`a, (b` <> 'x'')\\\\')" : "";
      Servers.execute(
          administrator,
          "CREATE TABLE p (id int, k int, PRIMARY KEY (id, k)) COMMENT 'a, CHECK (b'",
          """
          CREATE TABLE t (
            id int AUTO_INCREMENT PRIMARY KEY, `a, (b` varchar(9) DEFAULT 'q'')'%s,
            y int, c int AS (y + 1), j json, j2 json NOT NULL,
            at timestamp DEFAULT current_timestamp ON UPDATE current_timestamp,
            bits binary(3) DEFAULT 0x610062, x int, k int, z int, UNIQUE (z), KEY (c),
            CONSTRAINT `one``,` FOREIGN KEY (x, k) REFERENCES p (id, k) ON DELETE CASCADE ON UPDATE SET NULL,
            CONSTRAINT two FOREIGN KEY (z) REFERENCES p (id) ON UPDATE CASCADE,
            CONSTRAINT three FOREIGN KEY (k, z) REFERENCES p (id, k),
            CONSTRAINT small CHECK (y < 100 AND (y + 1) % 3 < 7)) COMMENT 'hi' AUTO_INCREMENT = 77"""
              .replace("%s", check),
          "CREATE TABLE q (id int PRIMARY KEY, v text)"
              + " PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (9),"
              + " PARTITION b VALUES LESS THAN MAXVALUE)");
      List<String> all = said(administrator, database);

      account.with("GRANT SELECT ON %d.* TO %u");
      assertThat(tables(database, account)).isEqualTo(all);
      account.anew().with("GRANT SELECT ON *.* TO %u");
      assertThat(tables(database, account)).isEqualTo(all);
      account
          .anew()
          .with("GRANT SELECT ON %d.p TO %u")
          .with("GRANT SELECT ON %d.q TO %u")
          .with("GRANT SELECT ON %d.t TO %u");
      assertThat(tables(database, account)).isEqualTo(all);
    }
  }

  private static List<String> tables(FreshDatabase database, Account account) throws SQLException {
    try (Connection reader = Servers.open(database, account.user, "pw")) {
      return said(reader, database);
    }
  }

  /** Each fact on a line, so that a failure shows which one differs. */
  private static List<String> said(Connection connection, FreshDatabase database)
      throws SQLException {
    return SourceSchemaReader.read(connection, database.name(), table -> true).tables().stream()
        .flatMap(
            table ->
                Stream.of(
                        List.of(table.withColumns(List.of()).toString()),
                        table.columns(),
                        table.indexes(),
                        table.foreignKeys(),
                        table.checks())
                    .flatMap(List::stream)
                    .map(Object::toString))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void namesAllTablesThatCantBeRead(Source product) throws SQLException {
    try (FreshDatabase database = product.fresh();
        Connection administrator = Servers.open(database);
        Account account = new Account(database, administrator)) {
      String name = database.name();
      Servers.execute(
          administrator,
          "CREATE TABLE a (id int)",
          "CREATE TABLE b (id int, secret int)",
          "CREATE TABLE c (id int)");
      account.with(
          "GRANT SELECT ON %d.a TO %u",
          "GRANT SELECT (id), INSERT ON %d.b TO %u", "GRANT INSERT ON %d.c TO %u");
      try (Connection reader = Servers.open(database, account.user, "pw")) {
        List<SourceTable> tables = SourceSchemaReader.read(reader, name, table -> true).tables();

        assertThat(SourceRights.checkReadable(reader, tables))
            .containsExactly(new TableName(name, "b"), new TableName(name, "c"));
        assertThatThrownBy(
                () -> SourceRights.require(reader, new SourceRights.Wanted(List.of(), tables)))
            .isInstanceOf(MigrationException.class)
            .hasMessage(
                """
                The account %s@%% can't read %s.b, %s.c on the source; nothing was touched. Let an \
                administrator of the source run this, or exclude the tables, or omit the columns that \
                it may not read:
                  GRANT SELECT ON `%s`.`b` TO '%s'@'%%';
                  GRANT SELECT ON `%s`.`c` TO '%s'@'%%';"""
                    .formatted(account.user, name, name, name, account.user, name, account.user));
      }
    }
  }
}
