package dev.landfall.pipelines.check;

import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.compute.Followed;
import dev.landfall.transforms.compute.NewKey;
import dev.landfall.transforms.compute.Undo;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.model.ValueSource.Computed;
import java.util.ArrayList;
import java.util.List;

/**
 * What is looked at of a mapping, and what was found. A finding's reason says what is the matter,
 * its remedy what to do; {@link Severity#DIFFERENT} is an error, {@link Severity#KNOWN} a warning.
 */
public final class Mapped {
  private final Prepared prepared;

  public Mapped(Prepared prepared) {
    this.prepared = prepared;
  }

  Mapping mapping() {
    return prepared.mapping();
  }

  /** Looks at one target of a source table. */
  @FunctionalInterface
  interface Look {
    void at(TableMapping table, TargetTable target, Found found);
  }

  /** What one check found. */
  static final class Found {
    private final Check<Mapped> check;
    private final List<Finding> findings = new ArrayList<>();

    Found(Check<Mapped> check) {
      this.check = check;
    }

    /** Something that goes wrong. */
    void error(String kind, TableName table, String object, String what, String remedy) {
      add(Severity.DIFFERENT, kind, table, object, what, remedy);
    }

    /** Something that may go wrong, or that somebody has to know. */
    void warning(String kind, TableName table, String object, String what, String remedy) {
      add(Severity.KNOWN, kind, table, object, what, remedy);
    }

    private void add(
        Severity severity,
        String kind,
        TableName table,
        String object,
        String what,
        String remedy) {
      findings.add(
          Finding.of(kind, table, object, null, null).as(severity, what).withRemedy(remedy));
    }

    List<CheckResult> results() {
      return findings.isEmpty()
          ? List.of()
          : List.of(CheckResult.of(check.subject(), check.name(), findings, List.of()));
    }
  }

  /** Looks at each target of each source table. */
  List<CheckResult> each(Check<Mapped> check, Look look) {
    Found found = new Found(check);
    for (TableMapping table : mapping().tables()) {
      table.targets().forEach(target -> look.at(table, target, found));
    }
    return found.results();
  }

  /**
   * Whether different values of the source give different ones in a column; false where it is not
   * known, and for a constant.
   */
  static boolean tellsApart(ColumnMapping column) {
    if (column.source() instanceof Computed computed) {
      return (computed.formula() instanceof NewKey || computed.formula().undo() == Undo.EXACT)
          && computed.operators().stream()
              .allMatch(o -> o.undo() == Undo.EXACT || o instanceof Followed);
    }
    return column.source() instanceof ValueSource.Column;
  }
}
