package dev.landfall.transforms.promise;

import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.ddl.DdlStatement;
import dev.landfall.transforms.ddl.Unproved;
import dev.landfall.transforms.sql.SchemaCheckSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the migration itself said, when it made keys and constraints, that it could not do: rows
 * broke a constraint, or forbade an index.
 */
final class SaidLimits {
  /** How the text on a unique index begins that rows forbid; its name and table follow. */
  private static final String INDEX =
      "The unique index %s of %s could not be built as it was meant";

  private static final String REPLACED = "In its place is one";

  private final List<String> said;

  /**
   * Limits.
   *
   * @param said texts of events, as {@link Unproved} and the making of indexes word them
   */
  SaidLimits(List<String> said) {
    this.said = List.copyOf(said);
  }

  /**
   * The definitions that were made in the end.
   *
   * @param left gets a finding for each that was made otherwise or not at all
   */
  List<DdlStatement> made(List<DdlStatement> statements, List<Finding> left) {
    List<DdlStatement> made = new ArrayList<>();
    for (DdlStatement statement : statements) {
      Optional<String> reason =
          statement.kind() == DdlStatement.Kind.EQUALITY
              ? last(INDEX.formatted(statement.name(), statement.table()))
              : Optional.empty();
      String otherwise = statement.otherwise();
      if (reason.isEmpty()) {
        made.add(statement);
        continue;
      }
      String instead = otherwise != null && reason.get().contains(REPLACED) ? otherwise : null;
      if (instead != null) {
        made.add(new DdlStatement(statement.table(), statement.name(), instead, statement.kind()));
      }
      left.add(
          Finding.of(
                  SchemaPart.Kind.KEY.name(),
                  statement.table(),
                  statement.name(),
                  oneLine(statement.sql()),
                  instead == null ? null : oneLine(instead))
              .as(Severity.KNOWN, reason.get()));
    }
    return made;
  }

  private static String oneLine(String sql) {
    return sql.replace("\n    ", " ");
  }

  /** The finding, as one that is known where it is what was said. */
  Finding judged(Finding finding) {
    boolean constraint =
        finding.kind().equals(SchemaPart.Kind.CHECK.name())
            || finding.kind().equals(SchemaPart.Kind.FOREIGN_KEY.name());
    if (!constraint || finding.expected() == null) {
      return finding;
    }
    String name = finding.table() + ": " + finding.object();
    Optional<String> reason = Optional.empty();
    if (finding.found() == null) {
      reason = last(name + " is left out: ");
    } else if (finding.found().equals(finding.expected() + SchemaCheckSql.UNPROVED)) {
      reason = last(name + " holds for new rows only ");
    }
    return reason.map(why -> finding.as(Severity.KNOWN, why)).orElse(finding);
  }

  private Optional<String> last(String beginning) {
    return said.stream().filter(text -> text.startsWith(beginning)).reduce((one, next) -> next);
  }
}
