package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which tables something in a document is about: always under the same two names. */
public final class TableNames {
  private final Map<String, String> targets = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();

  TableNames() {}

  /**
   * The fields.
   *
   * @param table what they were called first: a table of the one side or of the other
   * @param target the target's, where {@code table} is the source's and both are known
   * @param sourceTable {@code database.table} of the source; null where nothing of it is known
   * @param targetTable {@code schema.table} of the target; null where nothing of it is known
   */
  public record Names(
      String table,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String target,
      @Nullable String sourceTable,
      @Nullable String targetTable) {
    /** Of what is about one table of each side. */
    public static Names of(String source, String target) {
      return new Names(source, target, source, target);
    }
  }

  /** Of what is about the source alone. */
  record SourceNames(String table, String sourceTable) {
    static SourceNames of(String table) {
      return new SourceNames(table, table);
    }
  }

  /** Something behind the names of its tables. */
  public record Named(@JsonUnwrapped Object names, @JsonUnwrapped Object rest) {}

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

  void add(String source, String target) {
    sources.putIfAbsent(target, source);
    targets.merge(source, target, (one, other) -> one + ", " + other);
  }

  /** A table of the one side or of the other. */
  public Names of(String table, boolean ofSource) {
    return ofSource ? ofSource(table) : ofTarget(table);
  }

  /** A table of the source. */
  public Names ofSource(String table) {
    return new Names(table, null, table, targets.get(table));
  }

  /** A table of the target. */
  public Names ofTarget(String table) {
    return new Names(table, null, sources.get(table), table);
  }

  /** Each of a list behind the names of its table of the source. */
  public <T> List<Named> ofSource(List<T> all, Function<T, String> table) {
    return named(all, one -> ofSource(table.apply(one)));
  }

  /** Each of a list behind the names of its table of the target. */
  public <T> List<Named> ofTarget(List<T> all, Function<T, String> table) {
    return named(all, one -> ofTarget(table.apply(one)));
  }

  /** Each of a list behind its names. */
  public static <T> List<Named> named(List<T> all, Function<T, ?> names) {
    return all.stream().map(one -> new Named(names.apply(one), one)).toList();
  }
}
