package dev.landfall.validation.result;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a verification found.
 *
 * @param tables every target table that was to be compared, in the mapping's order
 * @param differences the first of each table, as many as were asked for; the counts of {@code
 *     tables} are of all
 */
public record VerificationReport(List<TableVerdict> tables, List<Difference> differences) {
  public VerificationReport {
    tables = List.copyOf(tables);
    differences = List.copyOf(differences);
  }

  /**
   * The report of a mapping's tables.
   *
   * @param counts what was found of each, all pieces summed
   * @throws IllegalArgumentException when a table was not compared: nothing may be called equal
   *     that nobody looked at
   */
  public static VerificationReport of(
      Mapping mapping, Map<TableKey, RowCounts> counts, List<Difference> differences) {
    return of(
        mapping,
        counts,
        differences,
        IntStream.range(0, mapping.tables().size()).boxed().collect(Collectors.toSet()));
  }

  /**
   * The report of some of a mapping's tables; it says nothing of the others.
   *
   * @param counts what was found of each, all pieces summed
   * @param tables the source tables that were to be compared, by position
   * @throws IllegalArgumentException when one of those was not compared, or another one was:
   *     nothing may be called equal that nobody looked at
   */
  public static VerificationReport of(
      Mapping mapping,
      Map<TableKey, RowCounts> counts,
      List<Difference> differences,
      Set<Integer> tables) {
    List<TableVerdict> verdicts = new ArrayList<>();
    for (Mapping.TargetPosition target : mapping.targets()) {
      TableName name = mapping.target(target).name();
      RowCounts rows = counts.get(new TableKey(target.table(), target.target()));
      if (!tables.contains(target.table())) {
        if (rows != null) {
          throw new IllegalArgumentException(name + " was compared and was not to be");
        }
      } else if (rows == null) {
        throw new IllegalArgumentException(name + " was not compared");
      } else {
        TableName source = mapping.table(target.table()).source().name();
        verdicts.add(new TableVerdict(source, name, rows));
      }
    }
    return new VerificationReport(verdicts, differences);
  }

  /** The same with other differences. */
  public VerificationReport withDifferences(List<Difference> others) {
    return new VerificationReport(tables, others);
  }

  /** Whether both sides have the same rows in all tables that were compared. */
  public boolean equal() {
    return tables.stream().allMatch(TableVerdict::equal);
  }
}
