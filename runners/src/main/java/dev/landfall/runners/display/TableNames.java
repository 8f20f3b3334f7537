package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.pipelines.TableResult;
import dev.landfall.pipelines.VerificationReport;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which tables something in a document is about: always under the same two names. */
final class TableNames {
  private TableNames() {}

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
  static void write(JsonGenerator json, @Nullable String source, @Nullable String target)
      throws IOException {
    Json.writeNullable(json, "sourceTable", source);
    Json.writeNullable(json, "targetTable", target);
  }
}
