package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.compute.Calculated;
import dev.landfall.transforms.compute.Copied;
import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Joined;
import dev.landfall.transforms.compute.KeyNumber;
import dev.landfall.transforms.compute.KeyUuid;
import dev.landfall.transforms.compute.LookedUp;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.ledger.LedgerKeyMap;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.sql.AskedSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves columns of one source table that are made of others. */
final class MadeResolver {
  private final SourceTable table;
  private final ColumnResolver columns;
  private final Resolving resolving;
  private final Mistakes mistakes;

  MadeResolver(SourceTable table, ColumnResolver columns, Resolving resolving) {
    this.table = table;
    this.columns = columns;
    this.resolving = resolving;
    this.mistakes = resolving.mistakes();
  }

  Optional<TargetColumn> resolve(ColumnRule.Made rule) {
    List<TargetColumn> inputs = new ArrayList<>();
    for (Located<String> name : rule.recipe().from()) {
      columns
          .source(name)
          .flatMap(column -> columns.input(column, rule.rules(), name.at()))
          .ifPresent(inputs::add);
    }
    if (rule.recipe() instanceof Recipe.Expr expr) {
      return new ExpressionResolver(table, columns, mistakes)
          .resolve(expr.text(), /* condition= */ false, rule.rules())
          .flatMap(made -> resolve(rule, made.inputs(), new Calculated(made.expression())));
    }
    if (rule.recipe() instanceof Recipe.Plugin plugin) {
      Optional<Formula> plugged = new PluginResolver(resolving.spec(), mistakes).resolve(plugin);
      return inputs.size() < plugin.from().size()
          ? Optional.empty()
          : plugged.flatMap(formula -> resolve(rule, inputs, formula));
    }
    return inputs.size() < rule.recipe().from().size() || !ask(rule, inputs)
        ? Optional.empty()
        : resolve(rule, inputs, formula(rule.recipe(), inputs));
  }

  private Optional<TargetColumn> resolve(
      ColumnRule.Made rule, List<TargetColumn> inputs, Formula formula) {
    List<Operator> operators = new ArrayList<>();
    PgType type = formula.type();
    Optional<PgType> wanted = rule.type() == null ? Optional.empty() : columns.parse(rule.type());
    if (rule.type() != null && wanted.isEmpty()) {
      return Optional.empty();
    }
    for (OperatorRule given : rule.operators()) {
      Optional<PgType> made = given.operator().type(type);
      if (made.isEmpty()) {
        mistakes.add(
            given.at(),
            given.operator().written()
                + " has nothing to do with "
                + type
                + ", which is what "
                + (operators.isEmpty()
                    ? formula.words(inputs.stream().map(TargetColumn::name).toList())
                    : operators.get(operators.size() - 1).written())
                + " gives. Remove it, or put before it what makes a text of that.");
        return Optional.empty();
      }
      boolean last = operators.size() == rule.operators().size() - 1;
      Operator operator =
          given
              .operator()
              .fit(
                  type,
                  last ? wanted.orElse(null) : null,
                  (part, what) -> mistakes.add(given.at(part), what));
      operators.add(operator);
      type = operator.type(type).orElseThrow();
    }
    TargetColumn.Made made = new TargetColumn.Made(inputs, formula, operators);
    return Optional.of(made(rule, made, wanted.orElse(type)));
  }

  private TargetColumn made(ColumnRule.Made rule, TargetColumn.Made made, PgType type) {
    Located<String> ifNull = rule.ifNull();
    @Nullable String instead =
        ifNull == null ? null : columns.value(ifNull.value(), type, ifNull.at()).orElse(null);
    boolean makesNull = nullable(made);
    if (ifNull != null && !makesNull) {
      mistakes.add(
          ifNull.at(), "what is made here is never NULL, so ifNull never applies. Remove it.");
    }
    boolean nullable = rule.nullable() != null ? rule.nullable() : ifNull == null && makesNull;
    return column(rule.name().value(), made, type, nullable, instead);
  }

  private static TargetColumn column(
      String name,
      TargetColumn.Made made,
      PgType type,
      boolean nullable,
      @Nullable String instead) {
    return new TargetColumn(
        name,
        Optional.empty(),
        type,
        Conversion.NONE,
        nullable,
        Rules.DEFAULTS,
        instead,
        TextEquality.UNIQUE,
        made);
  }

  private static boolean nullable(TargetColumn.Made made) {
    boolean nullable =
        made.formula()
            .nullable(made.inputs().stream().map(i -> i.nullable() && i.value() == null).toList());
    for (Operator operator : made.operators()) {
      nullable = operator.nullable(nullable);
    }
    return nullable;
  }

  /**
   * Adds what the source is asked for beside its columns; false, with the mistake noted, if wrong.
   */
  private boolean ask(ColumnRule.Made rule, List<TargetColumn> inputs) {
    if (rule.recipe() instanceof Recipe.Sql sql) {
      String text = sql.text().value();
      inputs.add(plain(SourceColumn.text("(" + text + ")", AskedSql.text(text))));
    }
    return !(rule.recipe() instanceof Recipe.Lookup lookup)
        || resolving
            .tables()
            .apply(lookup.table())
            .filter(there -> ask(lookup, there, inputs))
            .isPresent();
  }

  private boolean ask(Recipe.Lookup lookup, SourceTable there, List<TargetColumn> inputs) {
    ColumnResolver others = resolving.columns(there, Optional.empty());
    Optional<TargetColumn> value =
        others
            .source(lookup.value())
            .flatMap(column -> others.input(column, SpecRules.NONE, lookup.value().at()));
    Map<String, String> by = new LinkedHashMap<>();
    lookup
        .by()
        .forEach(
            (own, other) ->
                others
                    .source(other)
                    .ifPresent(
                        column ->
                            table
                                .column(own.value())
                                .ifPresent(c -> by.put(c.name(), column.name()))));
    if (lookup.by().keySet().stream().map(Located::value).distinct().count() < lookup.by().size()) {
      mistakes.add(
          lookup.table().at(),
          "two columns of "
              + there.name()
              + " are told by the same column. Name one of its own for each.");
      return false;
    }
    if (value.isEmpty() || by.size() < lookup.by().size()) {
      return false;
    }
    boolean unique =
        there.indexes().stream()
            .anyMatch(i -> i.unique() && i.wholeColumns() && by.values().containsAll(i.columns()));
    if (!unique) {
      mistakes.add(
          lookup.table().at(),
          "several rows of "
              + there.name()
              + " may have the same "
              + String.join(", ", by.values())
              + ": no unique index says otherwise, so there may be no single value. Name columns"
              + " that tell its rows apart.");
      return false;
    }
    String name = there.name().table() + ".";
    SourceColumn column = value.get().source().orElseThrow();
    inputs.add(plain(SourceColumn.text(name + "*", AskedSql.isThere(table, there, by))));
    inputs.add(
        value
            .get()
            .from(
                column.askedAs(name + column.name(), AskedSql.lookedUp(table, there, by, column))));
    return true;
  }

  private static TargetColumn plain(SourceColumn text) {
    return new TargetColumn(
        text.name(),
        Optional.of(text),
        Operator.TEXT,
        Conversion.TEXT,
        true,
        Rules.DEFAULTS,
        null,
        TextEquality.UNIQUE);
  }

  private Formula formula(Recipe recipe, List<TargetColumn> inputs) {
    if (recipe instanceof Recipe.Join join) {
      return new Joined(join.between());
    }
    if (recipe instanceof Recipe.NewKey key) {
      return newKey(resolving.spec(), table, key);
    }
    if (recipe instanceof Recipe.Lookup lookup) {
      TargetColumn value = inputs.get(inputs.size() - 1);
      return new LookedUp(
          lookup.table().value(),
          value.type(),
          value.source().orElseThrow().nullable(),
          lookup.missing(),
          lookup.otherwise());
    }
    return new Copied(inputs.get(0).type());
  }

  /** The formula of a table's key. */
  static Formula newKey(Spec spec, SourceTable table, Recipe.NewKey key) {
    String of = Objects.requireNonNullElse(key.of(), table.name().table());
    return key.numbered()
        ? new KeyNumber(new LedgerKeyMap(spec.target().connection(), spec.name(), of))
        : new KeyUuid(of, Objects.requireNonNullElse(key.namespace(), KeyUuid.NAMESPACE));
  }

  /** A column that refers to a row by its key as the target has it. */
  Optional<TargetColumn> referring(
      String name, List<SourceColumn> key, Surrogates.Reference reference, Location at) {
    List<TargetColumn> inputs =
        key.stream().flatMap(column -> columns.input(column, SpecRules.NONE, at).stream()).toList();
    if (inputs.size() < key.size()) {
      return Optional.empty();
    }
    Formula newKey = reference.key();
    Formula formula = newKey == null ? new Copied(inputs.get(0).type()) : newKey;
    TargetColumn.Made made = new TargetColumn.Made(inputs, formula, reference.operators());
    return Optional.of(column(name, made, formula.type(), nullable(made), null));
  }
}
