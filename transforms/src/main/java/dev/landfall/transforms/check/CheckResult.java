package dev.landfall.transforms.check;

import dev.landfall.transforms.check.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one question that a check asked.
 *
 * @param subject what was looked at, as the ledger has it; what a later run finds there takes the
 *     place of it
 * @param name what was asked, for people
 * @param outcome whether it held
 * @param message what is broken, or why it failed, a sentence for a person; null where the findings
 *     say it all, and where it held
 * @param notes what was not looked at, and why: a sentence for each
 * @param differences how many rows or values break it, where it is about rows
 * @param findings the first of them, or all that is not as promised
 */
public record CheckResult(
    String subject,
    String name,
    Outcome outcome,
    @Nullable String message,
    List<String> notes,
    long differences,
    List<Finding> findings) {
  /** The target's schema. */
  public static final String TARGET = "TARGET";

  /** The source's schema, while work goes on that relies on it. */
  public static final String SOURCE = "SOURCE";

  private static final String NOT_COMPARED = "The target's schema was not compared.";

  public CheckResult {
    notes = List.copyOf(notes);
    findings = List.copyOf(findings);
  }

  /** How a check can end. */
  public enum Outcome {
    HELD,
    /** Something is not as it must be. */
    BROKEN,
    /** It could not be carried out, so nobody knows. */
    FAILED;

    /** The word for messages and documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that holds. */
  public static CheckResult held(String subject, String name) {
    return new CheckResult(subject, name, Outcome.HELD, null, List.of(), 0, List.of());
  }

  /** One that is broken in so many ways, of which the first are given. */
  public static CheckResult broken(
      String subject, String name, String message, long differences, List<Finding> findings) {
    return new CheckResult(
        subject, name, Outcome.BROKEN, message, List.of(), differences, findings);
  }

  /** One that holds unless a finding is worse than known. */
  public static CheckResult of(
      String subject, String name, List<Finding> findings, List<String> notes) {
    boolean broken = findings.stream().anyMatch(f -> f.severity() == Severity.DIFFERENT);
    return new CheckResult(
        subject, name, broken ? Outcome.BROKEN : Outcome.HELD, null, notes, 0, findings);
  }

  /** Whether it is as it must be. */
  public boolean holds() {
    return outcome == Outcome.HELD;
  }

  /** Whether it is about definitions of either side, and not about rows. */
  public boolean ofSchema() {
    return subject.equals(TARGET) || subject.equals(SOURCE);
  }

  /** How many of its findings are of that severity. */
  public long count(Severity severity) {
    return findings.stream().filter(f -> f.severity() == severity).count();
  }

  /** What is not as it must be, a text for each; nothing where it holds. */
  public List<String> broken() {
    if (message == null) {
      return findings.stream()
          .filter(f -> f.severity() == Severity.DIFFERENT)
          .map(Finding::text)
          .toList();
    }
    return switch (outcome) {
      case HELD -> List.of();
      case BROKEN -> List.of("check \"" + name + "\" is broken: " + message);
      case FAILED -> List.of("check \"" + name + "\" failed: " + message);
    };
  }

  /** All that was found of the schema as one, by table; null where nobody has looked. */
  public static @Nullable CheckResult schema(List<CheckResult> results) {
    List<Finding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    boolean compared = false;
    boolean said = false;
    for (CheckResult result : results) {
      if (result.ofSchema()) {
        said = true;
        compared |= result.subject().equals(TARGET);
        findings.addAll(result.findings());
        notes.addAll(result.notes());
      }
    }
    if (!compared) {
      notes.add(NOT_COMPARED);
    }
    findings.sort(Comparator.comparing(f -> String.valueOf(f.table())));
    return said ? of(TARGET, "schema", findings, notes) : null;
  }
}
