package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.runners.document.TableNames.Names;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.CheckResult.Outcome;
import dev.landfall.transforms.ledger.KeptCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check that is not about the schema, and what became of it.
 *
 * @param finished when; null where whoever asked for it knows
 */
public record CheckDocument(
    String name,
    Outcome outcome,
    @Nullable String message,
    long differences,
    @JsonInclude(Include.NON_NULL) @Nullable Instant finished,
    List<Row> rows) {
  /** What breaks it: a row, a value, or an object of a table. */
  public record Row(
      @JsonInclude(Include.NON_NULL) @Nullable String table,
      String kind,
      Map<String, @Nullable String> key,
      @Nullable String column,
      @Nullable String source,
      @Nullable String target) {}

  /** Of a check that was just asked. */
  static CheckDocument of(CheckResult check) {
    return of(check, null);
  }

  /** Of one that is kept. */
  public static CheckDocument of(KeptCheck kept) {
    return of(kept.result(), kept.finished());
  }

  private static CheckDocument of(CheckResult check, @Nullable Instant finished) {
    return new CheckDocument(
        check.name(),
        check.outcome(),
        check.message(),
        check.differences(),
        finished,
        check.findings().stream()
            .map(
                f ->
                    new Row(f.table(), f.kindWords(), f.key(), f.object(), f.expected(), f.found()))
            .toList());
  }

  /** Something that is not as promised, of a table of either side. */
  public record Definition(
      String severity,
      String kind,
      @JsonUnwrapped Names names,
      @Nullable String object,
      @Nullable String promised,
      @Nullable String found,
      @Nullable String reason,
      @JsonInclude(Include.NON_NULL) @Nullable String remedy) {
    /** What was found of the schema. */
    public static List<Definition> of(CheckResult schema, TableNames names) {
      return schema.findings().stream()
          .map(
              f ->
                  new Definition(
                      f.severity().word(),
                      f.kindWords(),
                      names.of(String.valueOf(f.table()), f.ofSource()),
                      f.object(),
                      f.expected(),
                      f.found(),
                      f.reason(),
                      f.remedy()))
          .toList();
    }
  }
}
