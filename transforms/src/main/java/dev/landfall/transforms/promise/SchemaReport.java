package dev.landfall.transforms.promise;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison of a target's schema with the promised one found.
 *
 * @param findings what is not as promised, tables in the order of their names
 * @param notes what was not compared, and why: a sentence for each
 */
public record SchemaReport(List<SchemaFinding> findings, List<String> notes)
    implements Serializable {
  public SchemaReport {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /** Whether no promise is broken that the migration had not taken back itself. */
  public boolean asPromised() {
    return count(SchemaFinding.Severity.DIFFERENT) == 0;
  }

  /** The same with further findings. */
  public SchemaReport and(List<SchemaFinding> further) {
    List<SchemaFinding> all = new ArrayList<>(findings);
    all.addAll(further);
    return new SchemaReport(SchemaDifferences.sorted(all), notes);
  }

  /** How many findings there are of that severity. */
  public long count(SchemaFinding.Severity severity) {
    return findings.stream().filter(f -> f.severity() == severity).count();
  }
}
