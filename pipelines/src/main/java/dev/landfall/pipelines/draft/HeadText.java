package dev.landfall.pipelines.draft;

import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a drafted spec before its mappings: both databases, without a secret, and what
 * else may be said of all tables, as comments. A line of {@code #} and no blank is an example.
 */
final class HeadText {
  private static final String FIRST =
      """
      # What becomes of %s, as "landfall mapping init" found it.
      #
      # As it stands, this file does what Landfall does without one. Each table and each column that
      # moves has a line, with its name and type in the target; behind # is what the source has, and
      # what changes. Lines with a # and no blank behind it are examples: take the # away.
      #
      # A line that is taken out of "mappings" leaves nothing behind: what is not mentioned moves as
      # Landfall sees fit. Say "omit" for a column, "tables: exclude" for a table. A type that stands
      # here wins over "types" and "collations": take it out of the line where those shall decide.
      #
      # landfall schema -c FILE shows what comes of it, landfall migrate -c FILE moves it.
      """;

  private static final String SETTINGS =
      """

      #tables:                    # globs; without them all tables move
      #  exclude: ["*_old", "tmp_*"]

      # Odd values: what MySQL stores and PostgreSQL can't take. Each line is the default; the same
      # key in a table or a column is for that alone. "landfall mapping init --scan" counts them.
      #rules:
      #  zeroDate: null           # 0000-00-00; refuse where the target's column is NOT NULL
      #  partialDate: refuse      # 2020-00-10
      #  impossibleDate: refuse   # 2021-02-30
      #  range: refuse            # a year 0, and what does not fit a narrower type
      #  nul: refuse              # a NUL character in a text; or null, strip, {replace: "?"}, bytes
      #  badText: refuse          # bytes that are none of the text's character set; the same
      #  twiceEncoded: keep       # texts like MÃ¼ller; or decode
      #  emptyEnum: keep          # index 0 of an enum; or refuse, null, {value: none}

      #types:                     # for all columns of a type whose own line has none
      #  tinyint(1): smallint
      #  enum: enum

      #collations: unique         # one text in MySQL, two in PostgreSQL: binary, unique, icu, citext

      #load:
      #  parallelism: 0           # chunks at once; 0: as suits this machine
      #  rejects: 0.1%%            # so many rows may be rejected before the run stops

      #checks:                    # what both sides must answer alike, or that must give no row
      #  - {name: rows, sql: select count(*) from %s}

      #sql:                       # statements for the target, each run once
      #  afterKeys: [ANALYZE]
      """;

  private static final String MAPPINGS =
      """

      # In a table:   to: people · omit: {a: why it stays} · rules: {nul: strip} · split: [{to: …, columns: …}, …]
      # In a column:  amount: {from: total_cents, type: bigint} · nick: {ifNull: "", nullable: false}
      # In a column:  email: {apply: [trim, lower]} · origin: {constant: shop}
      mappings:
      """;

  private HeadText() {}

  /**
   * The head of a spec that URLs make.
   *
   * @param source the source's URL as it was typed
   * @param target the target's; null where none was named
   * @param table the name of a table for examples, of letters and digits
   */
  static String of(Spec spec, String source, @Nullable String target, String table) {
    ConnectionSettings from = spec.source().connection();
    StringBuilder head = new StringBuilder();
    head.append(FIRST.formatted("database " + YamlText.comment(from.database())));
    head.append("\nname: ").append(YamlText.scalar(spec.name())).append("\n\nsource:\n");
    side(from, source, "SOURCE", head);
    head.append("  #databases: [")
        .append(YamlText.scalar(from.database()))
        .append(", other]   # several of the server, each into a schema of its name\n");
    head.append("\ntarget:\n");
    if (target == null) {
      head.append("  url: ${TARGET_URL}   # from the environment, or here:")
          .append(" postgresql://user@host:5432/database\n");
    } else {
      side(spec.target().connection(), target, "TARGET", head);
    }
    head.append("  #schema: public   # where all tables go\n");
    head.append("  #names: keep      # or lower: names of the source in lower case\n");
    return head + SETTINGS.formatted(table) + MAPPINGS;
  }

  /** The beginning of the mappings, behind a spec of the user's. */
  static String mappings() {
    return MAPPINGS;
  }

  /** The variables that a head needs beside those that were typed. */
  static List<String> variables(Spec spec, boolean target) {
    List<String> variables = new ArrayList<>();
    variables(spec.source().connection(), "SOURCE", variables);
    if (target) {
      variables(spec.target().connection(), "TARGET", variables);
    } else {
      variables.add("TARGET_URL");
    }
    return variables;
  }

  private static void variables(ConnectionSettings settings, String side, List<String> variables) {
    if (isDiscreet(settings)) {
      return;
    }
    if (settings.password() != null) {
      variables.add(side + "_PASSWORD");
    }
    settings.secrets().keySet().forEach(name -> variables.add(variable(side, name)));
  }

  private static String variable(String side, String parameter) {
    return side + "_" + parameter.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Whether what was typed has no secret written out. */
  private static boolean isDiscreet(ConnectionSettings settings) {
    Secret password = settings.password();
    return (password == null || password.travels())
        && settings.secrets().values().stream().allMatch(Secret::travels);
  }

  private static void side(
      ConnectionSettings settings, String typed, String side, StringBuilder head) {
    if (isDiscreet(settings)) {
      head.append("  url: ").append(YamlText.value(typed.strip())).append('\n');
      if (settings.password() == null) {
        head.append("  #password: ${").append(side).append("_PASSWORD}\n");
      }
      return;
    }
    head.append("  url: ").append(YamlText.value(url(settings, side))).append('\n');
    if (settings.password() != null) {
      head.append("  password: ${")
          .append(side)
          .append("_PASSWORD}   # from the environment; or file:NAME\n");
    }
  }

  private static String url(ConnectionSettings settings, String side) {
    boolean mysql = settings.product() == ConnectionSettings.Product.MYSQL;
    List<String> parameters = new ArrayList<>();
    settings
        .properties()
        .forEach((name, value) -> parameters.add(encoded(name) + "=" + encoded(value)));
    settings
        .secrets()
        .keySet()
        .forEach(name -> parameters.add(encoded(name) + "=${" + variable(side, name) + "}"));
    String host = settings.host();
    return (mysql ? "mysql://" : "postgresql://")
        + (settings.user() == null ? "" : encoded(settings.user()) + "@")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + settings.port()
        + "/"
        + encoded(settings.database())
        + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }

  /** A plus sign is itself in a spec's URL. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
