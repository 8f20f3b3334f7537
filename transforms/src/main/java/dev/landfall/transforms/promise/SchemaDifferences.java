package dev.landfall.transforms.promise;

import dev.landfall.transforms.check.Finding;
import dev.landfall.transforms.check.Finding.Severity;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.promise.SchemaPart.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was promised with what is there, part by part. One cause is one finding: of a
 * column that is not there, or is of another type, nothing further is said, nor of a table that is
 * not there.
 */
final class SchemaDifferences {
  /** Parts that can be told from each other by their names only. */
  private record Group(TableName table, Kind kind) {}

  private final List<Finding> findings = new ArrayList<>();
  private final Set<TableName> absent = new HashSet<>();
  private final Set<List<Object>> otherColumns = new HashSet<>();

  private SchemaDifferences() {}

  /** The findings, by table and kind; what is in both lists alike gives none. */
  static List<Finding> of(Collection<SchemaPart> promised, Collection<SchemaPart> found) {
    SchemaDifferences differences = new SchemaDifferences();
    Map<Group, List<SchemaPart>> promises = groups(promised);
    Map<Group, List<SchemaPart>> facts = groups(found);
    // In the order of the kinds: a table and a column come before what belongs to them.
    Set<Group> groups = new HashSet<>(promises.keySet());
    groups.addAll(facts.keySet());
    groups.stream()
        .sorted(Comparator.comparing(Group::kind).thenComparing(Group::table))
        .forEach(
            group ->
                differences.compare(
                    new ArrayList<>(promises.getOrDefault(group, List.of())),
                    new ArrayList<>(facts.getOrDefault(group, List.of())),
                    group.kind()));
    return sorted(differences.findings);
  }

  static List<Finding> sorted(Collection<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing((Finding f) -> String.valueOf(f.table()))
                .thenComparing(f -> Kind.valueOf(f.kind()))
                .thenComparing(f -> String.valueOf(f.object())))
        .toList();
  }

  private static Map<Group, List<SchemaPart>> groups(Collection<SchemaPart> parts) {
    Map<Group, List<SchemaPart>> groups = new LinkedHashMap<>();
    for (SchemaPart part : parts) {
      groups
          .computeIfAbsent(new Group(part.table(), part.kind()), g -> new ArrayList<>())
          .add(part);
    }
    return groups;
  }

  private void compare(List<SchemaPart> promised, List<SchemaPart> found, Kind kind) {
    pair(promised, found, true, true);
    if (kind.isNamedFreely()) {
      pair(promised, found, false, true);
    }
    pair(promised, found, true, false);
    promised.forEach(part -> differ(part, null));
    found.forEach(this::more);
  }

  /** Takes off both lists what goes together, and tells of it if it is not defined alike. */
  private void pair(
      List<SchemaPart> promised, List<SchemaPart> found, boolean byName, boolean byDefinition) {
    for (Iterator<SchemaPart> promises = promised.iterator(); promises.hasNext(); ) {
      SchemaPart promise = promises.next();
      for (Iterator<SchemaPart> facts = found.iterator(); facts.hasNext(); ) {
        SchemaPart fact = facts.next();
        boolean same = promise.definition().equals(fact.definition());
        if ((!byName || promise.object().equals(fact.object())) && (!byDefinition || same)) {
          facts.remove();
          promises.remove();
          if (!same) {
            differ(promise, fact.definition());
          }
          break;
        }
      }
    }
  }

  private void differ(SchemaPart promise, @Nullable String found) {
    if (absent.contains(promise.table())) {
      return;
    }
    List<Object> column = List.of(promise.table(), promise.object());
    switch (promise.kind()) {
      case TABLE -> {
        if (found == null) {
          absent.add(promise.table());
        }
      }
      case COLUMN -> otherColumns.add(column);
      case NULLABILITY -> {
        if (found == null) {
          return;
        }
      }
      case DEFAULT -> {
        if (otherColumns.contains(column)) {
          return;
        }
      }
      case EXTENSION,
          COLLATION,
          ENUM_TYPE,
          PARTITION,
          KEY,
          CHECK,
          FOREIGN_KEY,
          FUNCTION,
          TRIGGER,
          SEQUENCE,
          VIEW -> {}
    }
    Finding finding = promise.asFinding(promise.definition(), found);
    boolean longer =
        promise.kind() == Kind.ENUM_TYPE && found != null && hasAll(found, promise.definition());
    findings.add(longer ? finding.as(Severity.MORE, null) : finding);
  }

  /** Whether an enum type has all promised labels in the promised order, and others between. */
  private static boolean hasAll(String found, String promised) {
    Iterator<String> labels = LABELS.splitAsStream(found).iterator();
    for (String label : LABELS.splitAsStream(promised).toList()) {
      boolean there = false;
      while (!there && labels.hasNext()) {
        there = labels.next().equals(label);
      }
      if (!there) {
        return false;
      }
    }
    return true;
  }

  /** Between two labels; one that has this within it makes a finding that is too strict at most. */
  private static final Pattern LABELS = Pattern.compile(", (?=')");

  private void more(SchemaPart part) {
    boolean belongsToColumn = part.kind() == Kind.NULLABILITY || part.kind() == Kind.DEFAULT;
    if (!belongsToColumn) {
      findings.add(part.asFinding(null, part.definition()).as(Severity.MORE, null));
    }
  }
}
