package dev.landfall.pipelines.check;

import static dev.landfall.pipelines.check.CheckScope.MAPPING;
import static dev.landfall.pipelines.check.CheckScope.PREFLIGHT;
import static dev.landfall.pipelines.check.CheckScope.VERIFY;

import java.util.List;
import java.util.function.Supplier;

/** All checks there are, each with when it is asked, in that order. */
public final class Checks {
  private static final List<Entry<?>> ALL =
      List.of(
          new Entry<>(MAPPING, UnmappedColumns::new),
          new Entry<>(MAPPING, UnsureTypes::new),
          new Entry<>(MAPPING, UniqueKeys::new),
          new Entry<>(MAPPING, DanglingReferences::new),
          new Entry<>(MAPPING, MergedSpaces::new),
          new Entry<>(MAPPING, MapMembers::new),
          new Entry<>(PREFLIGHT, LoadedTables::new),
          new Entry<>(PREFLIGHT, RowsOfOthers::new),
          new Entry<>(PREFLIGHT, TablesThere::new),
          new Entry<>(PREFLIGHT, WritableTarget::new),
          new Entry<>(PREFLIGHT, StandbyThere::new),
          new Entry<>(PREFLIGHT, UnicodeTarget::new),
          new Entry<>(PREFLIGHT, LoadsUndisturbed::new),
          new Entry<>(PREFLIGHT, OwnedTables::new),
          new Entry<>(PREFLIGHT, MergedKeys::new),
          new Entry<>(PREFLIGHT, RepairRights::new),
          new Entry<>(PREFLIGHT, RanStatements::new),
          new Entry<>(VERIFY, SourceWatch::new),
          new Entry<>(VERIFY, PromisedSchema::new),
          new Entry<>(VERIFY, NextValues::new),
          new Entry<>(VERIFY, ExistingKeys::new),
          new Entry<>(VERIFY, TriggersOn::new),
          new Entry<>(VERIFY, SpecChecks::new),
          new Entry<>(VERIFY, CountedApart::new));

  private record Entry<C>(CheckScope<C> scope, Supplier<Check<C>> check) {}

  private Checks() {}

  /** Those of a scope, to be asked once. */
  @SuppressWarnings("unchecked") // An entry is made with the scope of its check.
  public static <C> List<Check<C>> of(CheckScope<C> scope) {
    return ALL.stream()
        .filter(entry -> entry.scope() == scope)
        .map(entry -> ((Entry<C>) entry).check().get())
        .toList();
  }
}
