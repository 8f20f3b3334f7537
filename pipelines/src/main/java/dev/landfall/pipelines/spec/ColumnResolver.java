package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.TypeChooser.Chosen;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.schema.Conversion;
import dev.landfall.transforms.schema.SourceColumn;
import dev.landfall.transforms.schema.SourceTable;
import dev.landfall.transforms.schema.TargetType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves single columns of one source table: types, conversions, values, NULL. */
final class ColumnResolver {
  private final SourceTable table;
  private final TypeChooser types;
  private final TypeRules rules;
  private final Set<TypeRules.Rule> unfit;
  private final Mistakes mistakes;

  /**
   * @param unfit rules that some column does not fit: one mistake for each is enough
   */
  ColumnResolver(
      SourceTable table,
      TypeChooser types,
      TypeRules rules,
      Set<TypeRules.Rule> unfit,
      Mistakes mistakes) {
    this.table = table;
    this.types = types;
    this.rules = rules;
    this.unfit = unfit;
    this.mistakes = mistakes;
  }

  /** The source column of that name; empty, with the mistake noted, when there is none. */
  Optional<SourceColumn> source(Located<String> name) {
    Optional<SourceColumn> column = table.column(name.value());
    if (column.isEmpty()) {
      mistakes.addUnknown(
          name.at(),
          "table " + table.name() + " has no column \"" + name.value() + "\"",
          name.value(),
          table.columns().stream().map(SourceColumn::name).toList());
    }
    return column;
  }

  /** A column that is carried over as it is. */
  Optional<TargetColumn> whole(SourceColumn column) {
    return choose(column, Location.of(table.name() + "." + column.name()))
        .map(
            chosen ->
                new TargetColumn(
                    TargetNames.fit(column.name()),
                    Optional.of(column),
                    chosen.type(),
                    chosen.conversion(),
                    column.nullable(),
                    null));
  }

  /** A column that the spec mentions. */
  Optional<TargetColumn> resolve(ColumnRule rule) {
    if (rule instanceof ColumnRule.Read read) {
      return source(read.from()).flatMap(column -> read(read, column));
    }
    return constant((ColumnRule.Constant) rule);
  }

  private Optional<TargetColumn> read(ColumnRule.Read rule, SourceColumn column) {
    Optional<Chosen> chosen =
        rule.type() == null ? choose(column, rule.from().at()) : typed(column, rule.type());
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    Conversion conversion = chosen.get().conversion();
    Located<String> ifNull = rule.ifNull();
    Optional<String> replacement = Optional.empty();
    if (ifNull != null) {
      replacement = value(ifNull.value(), chosen.get().type(), ifNull.at());
      // A date of zeros becomes NULL on the way, also in a column that is NOT NULL.
      if (!column.nullable() && conversion != Conversion.DATE) {
        mistakes.add(
            ifNull.at(),
            "column "
                + table.name()
                + "."
                + column.name()
                + " is NOT NULL, so ifNull never applies. Remove it.");
      }
    }
    if (Boolean.TRUE.equals(rule.nullable()) && table.key().contains(column.name())) {
      mistakes.add(
          rule.name().at(),
          "column "
              + column.name()
              + " belongs to the key of "
              + table.name()
              + " and can't be nullable.");
    }
    boolean nullable =
        rule.nullable() != null ? rule.nullable() : column.nullable() && ifNull == null;
    return Optional.of(
        new TargetColumn(
            TargetNames.fit(rule.name().value()),
            Optional.of(column),
            chosen.get().type(),
            conversion,
            nullable,
            replacement.orElse(null)));
  }

  private Optional<TargetColumn> constant(ColumnRule.Constant rule) {
    @Nullable String written = rule.value().value();
    Optional<TargetType> type = parse(rule.type());
    if (written == null && Boolean.FALSE.equals(rule.nullable())) {
      mistakes.add(rule.value().at(), "the constant is NULL and the column is not nullable.");
    }
    boolean nullable = rule.nullable() != null ? rule.nullable() : written == null;
    return type.map(
        t ->
            new TargetColumn(
                rule.name().value(),
                Optional.empty(),
                t,
                Conversion.NONE,
                nullable,
                written == null ? null : value(written, t, rule.value().at()).orElse(null)));
  }

  private Optional<Chosen> choose(SourceColumn column, Location at) {
    Optional<TypeRules.Rule> rule = rules.of(column);
    if (rule.isPresent()) {
      return unfit.contains(rule.get()) ? Optional.empty() : ruled(column, rule.get());
    }
    try {
      return Optional.of(types.choose(table, column));
    } catch (MigrationException e) {
      mistakes.add(at, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Chosen> ruled(SourceColumn column, TypeRules.Rule rule) {
    Optional<Chosen> chosen = typed(column, rule.target());
    if (chosen.isEmpty()) {
      unfit.add(rule);
    }
    return chosen;
  }

  private Optional<Chosen> typed(SourceColumn column, Located<String> written) {
    Optional<TargetType> type = parse(written);
    Optional<Chosen> chosen =
        type.flatMap(t -> types.conversion(column, t).map(conversion -> new Chosen(t, conversion)));
    if (type.isPresent() && chosen.isEmpty()) {
      mistakes.add(
          written.at(),
          "values of "
              + table.name()
              + "."
              + column.name()
              + " ("
              + column.columnType()
              + ") can't become "
              + type.get()
              + " without loss"
              + types.misfit(column, type.get()).map(why -> ": " + why).orElse("")
              + ". Choose another type, or leave the"
              + " type out.");
    }
    return chosen;
  }

  private Optional<TargetType> parse(Located<String> written) {
    try {
      return Optional.of(types.parse(written.value()));
    } catch (MigrationException e) {
      mistakes.add(written.at(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<String> value(String written, TargetType type, Location at) {
    try {
      return Optional.of(Literals.textForm(written, type));
    } catch (IllegalArgumentException e) {
      mistakes.add(at, e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
