package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.spec.NamedTypes;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.catalog.TypeCheck;
import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.ddl.EnumTypes;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.ExtensionLedger;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a migration's first step, and whatever extended it, left in the ledger.
 *
 * @param fixed empty before the first step
 * @param tables the source tables by their positions, {@code database.table}
 * @param unknownTypes types that the spec names and the target does not know, with its words
 * @param extensionTypes the types of extensions that the target had, or has where it was not begun
 * @param undone what to take for absent from the target
 */
record Begun(
    Optional<MigrationLedger.Fixed> fixed,
    List<String> tables,
    Set<String> extensionTypes,
    Map<String, String> unknownTypes,
    Undone undone) {
  /** Nothing, in a target that has nothing either. */
  static final Begun NOTHING =
      new Begun(Optional.empty(), List.of(), Set.of(), Map.of(), Undone.NOTHING);

  /** Reads it from the ledger. */
  static Begun read(Spec spec, Extent extent) {
    try (Connection connection = Reachability.open(Side.TARGET, spec.target().connection())) {
      Optional<MigrationLedger.Fixed> kept = new MigrationLedger(connection, spec.name()).fixed();
      boolean anew = extent == Extent.ANEW && kept.isPresent();
      Optional<MigrationLedger.Fixed> fixed = anew ? Optional.empty() : kept;
      return new Begun(
          fixed,
          anew ? List.of() : new ExtensionLedger(connection, spec.name()).tables(),
          fixed.isPresent()
              ? fixed.get().extensionTypes()
              : TargetCatalog.extensionTypes(connection),
          TypeCheck.unknown(connection, NamedTypes.of(spec)),
          anew ? Undone.of(connection, kept.get()) : Undone.NOTHING);
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, spec.target().connection(), "Reading the ledger", e);
    }
  }

  boolean isThere() {
    return fixed.isPresent();
  }

  List<String> mapping() {
    return fixed.map(MigrationLedger.Fixed::mapping).orElse(List.of());
  }

  ProvedTypes proved() {
    return fixed.map(MigrationLedger.Fixed::proved).orElse(ProvedTypes.NONE);
  }

  Set<TableName> made() {
    return fixed.map(MigrationLedger.Fixed::made).orElse(Set.of());
  }

  Set<TableName> appended() {
    return fixed.map(MigrationLedger.Fixed::appended).orElse(Set.of());
  }

  /** All target tables that the migration had. */
  Set<TableName> tablesOfTarget() {
    return both(
        made(), both(appended(), fixed.map(MigrationLedger.Fixed::existing).orElse(Set.of())));
  }

  /** What of a mapping is other than it was; nothing before the first step. */
  Changes changes(Mapping now) {
    return isThere() ? Changes.between(mapping(), tables, made(), now) : Changes.NONE;
  }

  /** Tables keep the positions that the ledger has them at; others come behind. */
  Mapping ordered(Mapping mapping) {
    List<TableMapping> ordered = new ArrayList<>(mapping.tables());
    Map<String, Integer> positions = new HashMap<>();
    tables.forEach(table -> positions.put(table, positions.size()));
    ordered.sort(
        Comparator.comparingInt(
            t -> positions.getOrDefault(t.source().name().toString(), Integer.MAX_VALUE)));
    return new Mapping(ordered);
  }

  /** A type that was there before, with the same labels, is used but not the migration's own. */
  Set<TableName> enumTypes(Spec spec, Extent extent, Set<TableName> all) throws SQLException {
    Set<TableName> before = fixed.map(MigrationLedger.Fixed::types).orElse(Set.of());
    Set<TableName> wanted =
        all.stream().filter(t -> !before.contains(t)).collect(Collectors.toUnmodifiableSet());
    if (wanted.isEmpty() || (isThere() && extent == Extent.AS_BEGUN)) {
      return before;
    }
    try (Connection connection = Reachability.open(Side.TARGET, spec.target().connection())) {
      Set<TableName> present = EnumTypes.present(connection, wanted);
      return both(
          before,
          wanted.stream()
              .filter(t -> !present.contains(t) || undone.types().contains(t))
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /** Rows that this migration did not load are not added to, unless the spec says so. */
  static void requireEmpty(Spec spec, Collection<TableName> filled) {
    if (!filled.isEmpty() && !spec.load().append()) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          Prepared.rowsOfOthers(
              spec.name(),
              filled.stream().map(TableName::toString).collect(Collectors.joining(", "))));
    }
  }

  static Set<TableName> both(Set<TableName> some, Set<TableName> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
