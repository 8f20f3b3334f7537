package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Hash;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.model.TextEquality;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a user wants of one migration. Nothing in it shows a secret when printed.
 *
 * @param name the migration's name, which the ledger knows it by
 * @param source where rows come from
 * @param target where they go
 * @param tables which tables of the source move
 * @param mappings what differs from moving a table as it is, one for each such table
 * @param collations what becomes of the source's collations where nothing else is said
 * @param rules what becomes of odd values in all tables
 * @param load how the rows are loaded
 * @param types what columns become by their types, where their own rules say nothing
 * @param checks what a verification asks both sides beside their rows
 * @param sql what is done in the target beside the move, in the order of its moments
 * @param plugins the jars of plug-ins, by absolute names
 */
public record Spec(
    String name,
    SourceSpec source,
    TargetSpec target,
    TableSelection tables,
    List<TableRule> mappings,
    TextEquality collations,
    SpecRules rules,
    LoadSettings load,
    TypeRules types,
    List<SpecCheck> checks,
    List<SpecStatement> sql,
    List<Path> plugins) {
  public Spec {
    mappings = List.copyOf(mappings);
    checks = List.copyOf(checks);
    sql = List.copyOf(sql);
    plugins = List.copyOf(plugins);
  }

  /**
   * The same for whoever runs the migration: its sessions in the target are told apart from those
   * that look at it, and from other migrations'.
   */
  public Spec ofRuns() {
    TargetSpec named =
        new TargetSpec(target.connection().apart(name), target.schema(), target.names());
    return new Spec(
        name,
        source,
        named,
        tables,
        mappings,
        collations,
        rules,
        load,
        types,
        checks,
        sql,
        plugins);
  }

  /** The schemas that the source's databases go to, in the spec's order. */
  public Map<String, String> databases() {
    return source.databases().isEmpty()
        ? Map.of(source.connection().database(), target.schema())
        : source.databases();
  }

  /** The texts of the files that the spec was read from beside its own, by absolute names. */
  public Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (SpecStatement statement : sql) {
      if (statement.file() != null) {
        files.put(statement.file().toAbsolutePath().toString(), statement.text());
      }
    }
    return files;
  }

  /**
   * The secrets that only the process that read the spec knows, because they, or a part of them,
   * are written out in it or in a URL: a sentence or two for each, saying what to write instead. A
   * job that runs in other processes can't log in with them. Empty when every secret is a
   * variable's or in a file.
   */
  public List<String> secretsThatStay() {
    return Stream.of(
            stay(Side.SOURCE, source.connection()),
            stay(Side.TARGET, target.connection()),
            operators().flatMap(Spec::stays))
        .flatMap(secrets -> secrets)
        .toList();
  }

  private static Stream<String> stay(Side side, ConnectionSettings connection) {
    String file = ", or name a file: password: file:/run/secrets/" + side.word;
    return Stream.concat(
        Stream.ofNullable(connection.password())
            .filter(password -> !password.travels())
            .map(password -> stays("The password", side, file)),
        connection.secrets().entrySet().stream()
            .filter(secret -> !secret.getValue().travels())
            .map(secret -> stays("The parameter " + secret.getKey(), side, "")));
  }

  /** All operators that it applies. */
  Stream<OperatorRule> operators() {
    return mappings.stream()
        .flatMap(mapping -> mapping.targets().stream())
        .flatMap(target -> target.columns().stream())
        .flatMap(
            column ->
                column instanceof ColumnRule.Made made ? made.operators().stream() : Stream.of());
  }

  private static Stream<String> stays(OperatorRule rule) {
    return rule.operator() instanceof Hash hash
            && hash.salt() instanceof SecretSalt salt
            && !salt.secret().travels()
        ? Stream.of(
            stays(
                "The salt of " + rule.at().path(),
                ", or name a file: salt: file:/run/secrets/salt"))
        : Stream.of();
  }

  private static String stays(String what, Side side, String orElse) {
    return stays(what + " of the " + side.word, orElse);
  }

  private static String stays(String what, String orElse) {
    return what
        + " is written out, or a part of it is: it would have to travel with the job to the cluster,"
        + " where its web page and logs can show it. Set an environment variable for the client and"
        + " the TaskManagers and write ${NAME} in its place (on the command line in single quotes)"
        + orElse
        + ".";
  }
}
