package dev.landfall.pipelines.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found about a mapping.
 *
 * @param migration its name
 * @param findings errors first
 */
public record MappingCheck(String migration, List<Item> findings) {
  public MappingCheck {
    findings = List.copyOf(findings);
  }

  /** How bad it is. */
  public enum Severity {
    /** It goes wrong. */
    ERROR,
    /** It may go wrong, or somebody has to know. */
    WARNING
  }

  /**
   * One finding.
   *
   * @param check what was asked, in words
   * @param table of the target, or of the source where it is about a column of that
   * @param object a column or a key of it
   * @param place where the spec says it; null where it says nothing of that
   * @param what is the matter
   * @param remedy what to do
   */
  public record Item(
      Severity severity,
      String check,
      String table,
      String object,
      @Nullable String place,
      String what,
      String remedy) {}

  /** How many are of that severity. */
  public long count(Severity severity) {
    return findings.stream().filter(f -> f.severity() == severity).count();
  }
}
