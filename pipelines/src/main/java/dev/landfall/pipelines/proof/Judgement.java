package dev.landfall.pipelines.proof;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.proof.TableProof.Seeded;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.result.Difference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of each change whether the comparison reported what it had to, and nothing else. What it had
 * to report follows from what PostgreSQL calls changed.
 */
final class Judgement {
  /** As many differences that nobody seeded are named of each table. */
  private static final int NAMED = 100;

  private static final int LONGEST = 200;

  private final String table;
  private final List<ScratchColumn> columns;
  private final int[] identity;
  private final CopiedRows rows;
  private final Set<String> identityNames;
  private Map<Long, ScratchTable.Change> changes = Map.of();
  private final Map<Long, Integer> places = new HashMap<>();
  private final Map<Reported, Found> found = new LinkedHashMap<>();
  private final Map<Reported, Long> wanted = new HashMap<>();
  private @Nullable Rows now;

  Judgement(String table, List<ScratchColumn> columns, int[] identity, CopiedRows rows) {
    this.table = table;
    this.columns = columns;
    this.identity = identity;
    this.rows = rows;
    this.identityNames =
        Arrays.stream(identity).mapToObj(i -> columns.get(i).name()).collect(Collectors.toSet());
  }

  /** A row that is reported: how, and by which texts it is named. */
  private record Reported(Difference.Kind kind, List<@Nullable String> key) {}

  /** What is said of it. */
  private record Found(List<String> columns, long copies) {}

  /** Takes what PostgreSQL says of a pass and what the comparison said. */
  void take(
      List<Seeded> seeded,
      Map<Long, ScratchTable.Change> changedRows,
      Rows current,
      List<Difference> differences) {
    changes = changedRows;
    now = current;
    Set<Long> known = seeded.stream().map(Seeded::number).collect(Collectors.toSet());
    for (long number : changes.keySet()) {
      if (!known.contains(number)) {
        throw new IllegalStateException(
            "row " + number + " of the copy of " + table + " was changed by nobody");
      }
    }
    places.clear();
    for (int row = 0; row < current.size(); row++) {
      places.put(CopiedRows.number(current, row, columns.size()), row);
    }
    found.clear();
    for (Difference difference : differences) {
      List<@Nullable String> key = new ArrayList<>(difference.key().values());
      boolean extra = difference.kind() == Difference.Kind.EXTRA;
      found.merge(
          new Reported(difference.kind(), extra ? key : rows.first(key)),
          new Found(difference.columns(), difference.copies()),
          (one, other) -> new Found(one.columns(), one.copies() + other.copies()));
    }
  }

  /** Judges the copy as it was made: nothing may be reported. */
  void unchanged(List<SelfTestReport.Case> cases, List<SelfTestReport.Unexpected> unexpected) {
    cases.add(
        new SelfTestReport.Case(
            table,
            List.of(),
            null,
            "the copy as it is",
            SelfTestReport.NOTHING,
            found.isEmpty() ? SelfTestReport.NOTHING : describe(found.keySet()),
            found.isEmpty()));
    name(found.keySet(), unexpected);
  }

  /** Judges the changes of the pass that was taken. */
  void judge(
      List<Seeded> seeded,
      List<SelfTestReport.Case> cases,
      List<SelfTestReport.Unexpected> unexpected) {
    wanted.clear();
    Map<Seeded, Map<Reported, List<String>>> wantedOf = new LinkedHashMap<>();
    for (Seeded change : seeded) {
      Map<Reported, List<String>> all = wanted(change);
      wantedOf.put(change, all);
      all.keySet().forEach(one -> wanted.merge(one, 1L, Long::sum));
    }
    Set<Reported> left = new LinkedHashSet<>(found.keySet());
    wantedOf.forEach(
        (change, all) -> {
          Set<Reported> of = new LinkedHashSet<>(all.keySet());
          candidates(change).stream().filter(c -> !wanted.containsKey(c)).forEach(of::add);
          of.retainAll(found.keySet());
          left.removeAll(of);
          String expected = all.isEmpty() ? SelfTestReport.NOTHING : describeWanted(all);
          String said = of.isEmpty() ? SelfTestReport.NOTHING : describe(of);
          Seed seed = change.choice().seed();
          List<String> names = seed.columns().stream().map(c -> columns.get(c).name()).toList();
          cases.add(
              new SelfTestReport.Case(
                  table,
                  names,
                  seed.columns().isEmpty() ? null : columns.get(seed.columns().get(0)).type(),
                  seed.name(),
                  expected,
                  said,
                  expected.equals(said)));
        });
    name(left, unexpected);
  }

  /** What has to be reported of a change, and the columns where they have to be named. */
  private Map<Reported, List<String>> wanted(Seeded change) {
    ScratchTable.Change changed = changes.get(change.number());
    Map<Reported, List<String>> all = new LinkedHashMap<>();
    if (changed == null) {
      return all;
    }
    Reported missing = new Reported(Difference.Kind.MISSING, named(change));
    if (changed.missing()) {
      all.put(missing, List.of());
    } else if (changed.extra()) {
      all.put(new Reported(Difference.Kind.EXTRA, texts(change)), List.of());
    } else if (changed.columns().stream().anyMatch(identityNames::contains)) {
      all.put(missing, List.of());
      all.put(new Reported(Difference.Kind.EXTRA, texts(change)), List.of());
    } else {
      all.put(new Reported(Difference.Kind.CHANGED, named(change)), changed.columns());
    }
    return all;
  }

  /** Whatever could be reported of the row. */
  private List<Reported> candidates(Seeded change) {
    List<Reported> all = new ArrayList<>();
    all.add(new Reported(Difference.Kind.CHANGED, named(change)));
    all.add(new Reported(Difference.Kind.MISSING, named(change)));
    if (places.containsKey(change.number())) {
      all.add(new Reported(Difference.Kind.EXTRA, texts(change)));
    }
    return all;
  }

  private List<@Nullable String> named(Seeded change) {
    return rows.named(change.choice().row(), identity);
  }

  private List<@Nullable String> texts(Seeded change) {
    Rows current = now;
    Integer place = places.get(change.number());
    if (current == null || place == null) {
      throw new IllegalStateException("row " + change.number() + " of the copy of " + table);
    }
    return CopiedRows.texts(current, place, identity);
  }

  private String describeWanted(Map<Reported, List<String>> all) {
    return all.entrySet().stream()
        .map(e -> describe(e.getKey().kind(), e.getValue()))
        .sorted()
        .collect(Collectors.joining(" and "));
  }

  private String describe(Set<Reported> reported) {
    return reported.stream()
        .map(
            r -> {
              Found of = found.get(r);
              String text = describe(r.kind(), of == null ? List.of() : of.columns());
              long copies = of == null ? 0 : of.copies();
              long due = wanted.getOrDefault(r, 1L);
              return copies == due ? text : text + " (" + copies + " for " + due + ")";
            })
        .sorted()
        .collect(Collectors.joining(" and "));
  }

  private static String describe(Difference.Kind kind, List<String> names) {
    String word =
        switch (kind) {
          case CHANGED -> "changed";
          case MISSING -> "missing";
          case EXTRA -> "extra";
        };
    return names.isEmpty() ? word : word + " in " + String.join(", ", names);
  }

  private void name(Set<Reported> reported, List<SelfTestReport.Unexpected> unexpected) {
    reported.stream()
        .limit(NAMED)
        .forEach(
            r -> {
              String key = r.key().toString();
              Found of = found.get(r);
              unexpected.add(
                  new SelfTestReport.Unexpected(
                      table,
                      describe(r.kind(), of == null ? List.of() : of.columns())
                          + ": "
                          + (key.length() > LONGEST ? key.substring(0, LONGEST) + "…" : key)));
            });
  }
}
