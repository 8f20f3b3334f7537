package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.TypeChooser.Chosen;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ddl.NameStyle;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves single columns of one source table: types, conversions, values, NULL. */
final class ColumnResolver {
  private final SourceTable table;
  private final Resolving resolving;
  private final TypeChooser types;
  private final NameStyle names;
  private final EqualityResolver equality;
  private final RuleResolver rules;
  private final TypeRules byType;
  private final Set<TypeRules.Rule> unfit;
  private final Mistakes mistakes;

  ColumnResolver(
      SourceTable table, Resolving resolving, TextEquality equality, RuleResolver rules) {
    this.table = table;
    this.resolving = resolving;
    this.types = resolving.types();
    this.names = resolving.spec().target().names();
    this.mistakes = resolving.mistakes();
    this.equality = new EqualityResolver(table, types, equality, mistakes);
    this.rules = rules;
    this.byType = resolving.spec().types();
    this.unfit = resolving.unfit();
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
    return input(column, SpecRules.NONE, Location.of(table.name() + "." + column.name()));
  }

  /**
   * A column as a plain move has it.
   *
   * @param own what becomes of its odd values, where that is not said elsewhere
   */
  Optional<TargetColumn> input(SourceColumn column, SpecRules own, Location at) {
    return choose(column, own, at)
        .map(chosen -> equality.chosen(column, chosen))
        .map(
            chosen ->
                new TargetColumn(
                    names.ofColumn(column.name()),
                    Optional.of(column),
                    chosen.type(),
                    chosen.conversion(),
                    column.nullable(),
                    Rules.DEFAULTS,
                    null,
                    equality.of(column, chosen.type())))
        .map(
            target -> {
              Rules resolved = rules.resolve(column, own, target, false);
              return target.with(resolved, column.nullable() || takesNull(column, own, resolved));
            });
  }

  /**
   * Whether rules let a column be NULL that the source has NOT NULL: those for this column do,
   * those for more columns only where there are such values.
   */
  private boolean takesNull(SourceColumn column, SpecRules own, Rules resolved) {
    return RuleResolver.makesNull(resolved)
        && (RuleResolver.makesNull(own.rules()) || !types.isFilled(table, column));
  }

  /** The name of a target column: the spec's, or the source's in the target's style. */
  String name(ColumnRule rule) {
    boolean carried = rule instanceof ColumnRule.Read read && read.name().equals(read.from());
    return carried ? names.ofColumn(rule.name().value()) : rule.name().value();
  }

  /** A column that the spec mentions. */
  Optional<TargetColumn> resolve(ColumnRule rule) {
    if (rule instanceof ColumnRule.Read read) {
      return source(read.from()).flatMap(column -> read(read, column));
    }
    return rule instanceof ColumnRule.Made made
        ? new MadeResolver(table, this, resolving).resolve(made)
        : constant((ColumnRule.Constant) rule);
  }

  private Optional<TargetColumn> read(ColumnRule.Read rule, SourceColumn column) {
    Optional<Chosen> chosen =
        rule.type() == null
            ? choose(column, rule.rules(), rule.from().at())
                .map(c -> equality.chosen(column, c, rule))
            : typed(column, rule.type(), rule.rules());
    equality.check(column, rule);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    Conversion conversion = chosen.get().conversion();
    Located<String> ifNull = rule.ifNull();
    TargetColumn bare =
        new TargetColumn(
            name(rule),
            Optional.of(column),
            chosen.get().type(),
            conversion,
            true,
            Rules.DEFAULTS,
            null,
            TextEquality.UNIQUE);
    Rules resolved = rules.resolve(column, rule.rules(), bare, rule.type() != null);
    boolean makesNull = RuleResolver.makesNull(resolved);
    Optional<String> replacement = Optional.empty();
    if (ifNull != null) {
      replacement = value(ifNull.value(), chosen.get().type(), ifNull.at());
      // A date of zeros becomes NULL on the way, also in a column that is NOT NULL.
      if (!column.nullable() && !conversion.equals(Conversion.DATE) && !makesNull) {
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
        rule.nullable() != null
            ? rule.nullable()
            : ifNull == null && (column.nullable() || takesNull(column, rule.rules(), resolved));
    return Optional.of(
        new TargetColumn(
            name(rule),
            Optional.of(column),
            chosen.get().type(),
            conversion,
            nullable,
            resolved,
            replacement.orElse(null),
            equality.of(column, chosen.get().type(), rule)));
  }

  private Optional<TargetColumn> constant(ColumnRule.Constant rule) {
    @Nullable String written = rule.value().value();
    Optional<PgType> type = parse(rule.type());
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
                Rules.DEFAULTS,
                written == null ? null : value(written, t, rule.value().at()).orElse(null),
                TextEquality.UNIQUE));
  }

  private Optional<Chosen> choose(SourceColumn column, SpecRules own, Location at) {
    if (rules.asBytes(column, own)) {
      PgType bytes = types.parse("bytea");
      return types.conversion(column, bytes).map(conversion -> new Chosen(bytes, conversion));
    }
    Optional<TypeRules.Rule> rule = byType.of(column);
    if (rule.isPresent()) {
      return unfit.contains(rule.get()) ? Optional.empty() : ruled(column, rule.get(), own);
    }
    try {
      return Optional.of(types.choose(table, column));
    } catch (MigrationException e) {
      mistakes.add(at, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Chosen> ruled(SourceColumn column, TypeRules.Rule rule, SpecRules own) {
    Optional<Chosen> chosen = typed(column, rule.target(), own);
    if (chosen.isEmpty()) {
      unfit.add(rule);
    }
    return chosen;
  }

  private Optional<Chosen> typed(SourceColumn column, Located<String> written, SpecRules own) {
    Optional<PgType> type = parse(written);
    Optional<Chosen> chosen =
        type.flatMap(
            t ->
                types
                    .conversion(column, t)
                    .or(() -> rules.narrows(own) ? column.type().narrowedTo(t) : Optional.empty())
                    .map(conversion -> new Chosen(t, conversion)));
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
              + RuleResolver.wayOut(column, type.get()));
    }
    return chosen;
  }

  /** The type that is written. */
  Optional<PgType> parse(Located<String> written) {
    try {
      return Optional.of(types.parse(written.value()));
    } catch (MigrationException e) {
      mistakes.add(written.at(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** A value that is written, in PostgreSQL's text form. */
  Optional<String> value(String written, PgType type, Location at) {
    try {
      return Optional.of(Literals.textForm(written, type));
    } catch (IllegalArgumentException e) {
      mistakes.add(at, e.getMessage() + ".");
      return Optional.empty();
    }
  }
}
