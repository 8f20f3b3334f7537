package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.ledger.Snapshot;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which tables something in a document is about: always under the same two names. */
public final class TableNames {
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();

  private TableNames() {}

  /** Those of a migration; several targets of one source are told in one text. */
  public static TableNames of(Snapshot snapshot) {
    TableNames names = new TableNames();
    for (Snapshot.Table table : snapshot.tables()) {
      table.targets().forEach(target -> names.add(table.table(), target));
    }
    return names;
  }

  /** Those of a verification. */
  static TableNames of(VerificationReport report) {
    TableNames names = new TableNames();
    report.tables().forEach(table -> names.add(table.table(), table.target()));
    return names;
  }

  private void add(String source, String target) {
    sources.putIfAbsent(target, source);
    targets.merge(source, target, (one, other) -> one + ", " + other);
  }

  /** Writes {@code table}, a table of the one side or of the other, and both names. */
  public void of(JsonGenerator json, String table, boolean ofSource) throws IOException {
    if (ofSource) {
      ofSource(json, table);
    } else {
      ofTarget(json, table);
    }
  }

  /** Writes {@code table}, a table of the source, and both names. */
  public void ofSource(JsonGenerator json, String table) throws IOException {
    json.writeStringField("table", table);
    write(json, table, targets.get(table));
  }

  /** Writes {@code table}, a table of the target, and both names. */
  public void ofTarget(JsonGenerator json, String table) throws IOException {
    json.writeStringField("table", table);
    write(json, sources.get(table), table);
  }

  /** The source table of each target table of a verification. */
  static Map<String, String> sources(VerificationReport report) {
    return report.tables().stream()
        .collect(Collectors.toMap(TableResult::target, TableResult::table, (one, other) -> one));
  }

  /**
   * Writes the fields {@code sourceTable} and {@code targetTable}.
   *
   * @param source {@code database.table} of the source; null where nothing of it is known
   * @param target {@code schema.table} of the target; null where nothing of it is known
   */
  public static void write(JsonGenerator json, @Nullable String source, @Nullable String target)
      throws IOException {
    Json.writeNullable(json, "sourceTable", source);
    Json.writeNullable(json, "targetTable", target);
  }
}
