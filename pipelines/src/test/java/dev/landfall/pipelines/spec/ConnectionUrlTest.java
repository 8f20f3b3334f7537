package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.Secret;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of URLs, right and wrong. */
class ConnectionUrlTest {
  private static final String TARGET = "postgresql://pg/shop";

  private static final Environment ENVIRONMENT =
      Environment.of(
          Map.of(
              "PW", "p@s/s:w?d&%41",
              "AT", "h:3310",
              "URL", "mysql://root:%68unter2@db/shop",
              "BAD", "mysql://root:hunter2/shop"));

  static Stream<Arguments> right() {
    return Stream.of(
        mysql("mysql://db/shop", "db", 3306, "shop", null, null, Map.of()),
        mysql("mariadb://db:3307/shop", "db", 3307, "shop", null, null, Map.of()),
        mysql("MySQL://root@db/shop", "db", 3306, "shop", "root", null, Map.of()),
        mysql("mysql://u%40x:p%2F%40+%c3%a9@db/my%20shop", "db", 3306, "my shop", "u@x", "p/@+é"),
        mysql("mysql://u:p@ss:word@db/shop", "db", 3306, "shop", "u", "p@ss:word"),
        mysql("mysql://u:@db/shop", "db", 3306, "shop", "u", ""),
        mysql("mysql://u:${PW}@${AT}/shop", "h", 3310, "shop", "u", "p@s/s:w?d&%41"),
        mysql("mysql://u:$${PW}@db/shop", "db", 3306, "shop", "u", "${PW}"),
        mysql("${URL}", "db", 3306, "shop", "root", "hunter2"),
        mysql(
            "jdbc:mysql://[::1]:3307/shop?user=u&password=${PW}",
            "::1",
            3307,
            "shop",
            "u",
            "p@s/s:w?d&%41"),
        mysql("jdbc:mariadb://[fe80::2]/shop", "fe80::2", 3306, "shop", null, null, Map.of()),
        mysql(
            "jdbc:mysql://db/shop?sslMode=REQUIRED&connectTimeout=5",
            "db",
            3306,
            "shop",
            null,
            null,
            Map.of("sslMode", "REQUIRED", "connectTimeout", "5")),
        mysql(
            "mysql://db/shop?ssl-mode=REQUIRED",
            "db",
            3306,
            "shop",
            null,
            null,
            Map.of("sslMode", "REQUIRED")));
  }

  private static Arguments mysql(
      String url,
      String host,
      int port,
      String database,
      @Nullable String user,
      @Nullable String password) {
    return mysql(url, host, port, database, user, password, Map.of());
  }

  private static Arguments mysql(
      String url,
      String host,
      int port,
      String database,
      @Nullable String user,
      @Nullable String password,
      Map<String, String> properties) {
    return Arguments.of(
        url,
        new ConnectionSettings(
            Product.MYSQL,
            host,
            port,
            database,
            user,
            password == null ? null : Secret.of(password),
            properties));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("right")
  void readsSources(String url, ConnectionSettings expected) {
    assertThat(SpecReader.ofUrls(url, TARGET, ENVIRONMENT).source().connection())
        .isEqualTo(expected);
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        Arguments.of("postgresql://pg/shop", null, 5432),
        Arguments.of("postgres://me@pg/shop", "me", 5432),
        Arguments.of("jdbc:postgresql://pg:5433/shop?user=me", "me", 5433));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void readsTargets(String url, @Nullable String user, int port) {
    assertThat(SpecReader.ofUrls("mysql://db/shop", url, ENVIRONMENT).target())
        .isEqualTo(
            new TargetSpec(
                new ConnectionSettings(
                    Product.POSTGRESQL, "pg", port, "shop", user, null, Map.of()),
                "public"));
  }

  static Stream<Arguments> wrong() {
    String port =
        "the port must be a number from 1 to 65535. If this is part of a password, write its"
            + " special characters as percent escapes (\"/\" is %2F, \"@\" is %40, \"?\" is %3F).";
    String expected = "expected mysql://user@host:3306/database.";
    return Stream.of(
        Arguments.of("hunter2", "this is not a URL of a database; " + expected),
        Arguments.of("jdbc:mysql:hunter2", "this is not a URL of a database; " + expected),
        Arguments.of(
            "oracle://u:hunter2@db/shop",
            "this kind of URL is not known; " + expected + " (oracle://u:***@db/shop)"),
        Arguments.of(
            "postgres://u:hunter2@pg/shop",
            "the source must be MySQL or MariaDB, and this is PostgreSQL. Landfall moves from MySQL"
                + " to PostgreSQL: are source and target swapped? (postgres://u:***@pg/shop)"),
        Arguments.of(
            "mysql://u:hunter2@db", "the database is missing; " + expected + " (mysql://u:***@db)"),
        Arguments.of(
            "mysql://u:hunter2@db/",
            "the database is missing; " + expected + " (mysql://u:***@db/)"),
        Arguments.of(
            "mysql://u:hunter2@/shop",
            "the host is missing; " + expected + " (mysql://u:***@/shop)"),
        Arguments.of("mysql://u:hunter2@db:0/shop", port + " (mysql://u:***@db:0/shop)"),
        Arguments.of("mysql://u:hunter2@db:70000/shop", port + " (mysql://u:***@db:70000/shop)"),
        Arguments.of("mysql://root:hunter2/shop", port + " (mysql://root:***)"),
        Arguments.of("${BAD}", port + " (mysql://root:***)"),
        Arguments.of("mysql://u:hunter2/x@db/shop", port + " (mysql://u:***@db/shop)"),
        Arguments.of(
            "mysql://u:hunter2@a,b/shop",
            "several hosts are given; name the one that is to be read or written."
                + " (mysql://u:***@a,b/shop)"),
        Arguments.of(
            "mysql://u:hunter2@::1/shop",
            "an IPv6 address must be in brackets: [::1]. (mysql://u:***@:***)"),
        Arguments.of(
            "mysql://u:hunter2%@db/shop",
            "\"%\" must be followed by two hexadecimal digits; write %25 for the sign itself."
                + " (mysql://u:***@db/shop)"),
        Arguments.of(
            "mysql://u:x@db/shop?password=hunter2",
            "the password is given twice: before the host and as a parameter."
                + " (mysql://u:***@db/shop?***)"),
        Arguments.of(
            "jdbc:mysql://db/shop?password=hun@ter2&zeroDateTimeBehavior=round",
            "parameter zeroDateTimeBehavior is refused: Landfall reads dates as text and counts"
                + " every zero date that becomes NULL. (jdbc:mysql://***)"),
        Arguments.of(
            "mysql://db/shop?UseCursorFetch=true",
            "parameter UseCursorFetch is refused: Landfall streams rows over the text protocol,"
                + " which keeps memory flat. (mysql://db/shop?***)"),
        Arguments.of(
            "mysql://db/shop?connectionTimeZone=LOCAL",
            "parameter connectionTimeZone is refused: all of Landfall's sessions are in UTC."
                + " (mysql://db/shop?***)"),
        Arguments.of(
            "mysql://db/shop?ssl-mode=REQUIRD",
            "parameter sslMode must be one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA,"
                + " VERIFY_IDENTITY. Did you mean \"REQUIRED\"? (mysql://db/shop?***)"),
        Arguments.of(
            "mysql://db/shop?ssIMode=REQUIRED",
            "the driver knows no parameter ssIMode. Did you mean \"sslMode\"?"
                + " (mysql://db/shop?***)"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refusesWithTheReason(String url, String message) {
    MigrationException thrown =
        catchThrowableOfType(
            MigrationException.class, () -> SpecReader.ofUrls(url, TARGET, ENVIRONMENT));

    assertThat(thrown).hasMessage("1 mistake, nothing was touched:\n--source  " + message);
    assertThat(thrown.getMessage()).doesNotContain("hunter2").doesNotContain("ter2");
  }

  @ParameterizedTest
  @MethodSource("right")
  void swappedUrlsAreBothTold(String url) {
    MigrationException thrown =
        catchThrowableOfType(
            MigrationException.class, () -> SpecReader.ofUrls(TARGET, url, ENVIRONMENT));

    assertThat(String.valueOf(thrown.getMessage()).lines())
        .hasSize(3)
        .allMatch(line -> line.contains("mistakes") || line.contains("swapped?"))
        .noneMatch(line -> line.contains("unter2"));
  }
}
