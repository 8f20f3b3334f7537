package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.ColumnRule.Recipe;
import dev.landfall.transforms.compute.Copied;
import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Joined;
import dev.landfall.transforms.compute.KeyUuid;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.model.Rules;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Resolves columns of one source table that are made of others. */
final class MadeResolver {
  private final SourceTable table;
  private final ColumnResolver columns;
  private final Mistakes mistakes;

  MadeResolver(SourceTable table, ColumnResolver columns, Mistakes mistakes) {
    this.table = table;
    this.columns = columns;
    this.mistakes = mistakes;
  }

  Optional<TargetColumn> resolve(ColumnRule.Made rule) {
    List<TargetColumn> inputs = new ArrayList<>();
    for (Located<String> name : rule.recipe().from()) {
      columns
          .source(name)
          .flatMap(column -> columns.input(column, rule.rules(), name.at()))
          .ifPresent(inputs::add);
    }
    if (inputs.size() < rule.recipe().from().size()) {
      return Optional.empty();
    }
    Formula formula = formula(rule.recipe(), inputs);
    List<Operator> operators = new ArrayList<>();
    PgType type = formula.type();
    for (Located<Operator> operator : rule.operators()) {
      Optional<PgType> made = operator.value().type(type);
      if (made.isEmpty()) {
        mistakes.add(
            operator.at(),
            operator.value().written()
                + " has nothing to do with "
                + type
                + ", which is what "
                + (operators.isEmpty()
                    ? formula.words(inputs.stream().map(TargetColumn::name).toList())
                    : operators.get(operators.size() - 1).written())
                + " gives. Remove it, or put before it what makes a text of that.");
        return Optional.empty();
      }
      operators.add(operator.value());
      type = made.get();
    }
    PgType result = type;
    return (rule.type() == null ? Optional.of(result) : columns.parse(rule.type()))
        .map(chosen -> made(rule, new TargetColumn.Made(inputs, formula, operators), chosen));
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

  private Formula formula(Recipe recipe, List<TargetColumn> inputs) {
    if (recipe instanceof Recipe.Join join) {
      return new Joined(join.between());
    }
    if (recipe instanceof Recipe.Uuid uuid) {
      return uuid(table, uuid);
    }
    return new Copied(inputs.get(0).type());
  }

  /** The formula of a table's key. */
  static KeyUuid uuid(SourceTable table, Recipe.Uuid uuid) {
    return new KeyUuid(
        Objects.requireNonNullElse(uuid.of(), table.name().table()),
        Objects.requireNonNullElse(uuid.namespace(), KeyUuid.NAMESPACE));
  }

  /** A column that refers to a row by its key as the target has it. */
  Optional<TargetColumn> referring(
      String name, List<SourceColumn> key, Surrogates.Reference reference, Location at) {
    List<TargetColumn> inputs =
        key.stream().flatMap(column -> columns.input(column, SpecRules.NONE, at).stream()).toList();
    if (inputs.size() < key.size()) {
      return Optional.empty();
    }
    KeyUuid uuid = reference.uuid();
    Formula formula = uuid == null ? new Copied(inputs.get(0).type()) : uuid;
    TargetColumn.Made made = new TargetColumn.Made(inputs, formula, reference.operators());
    return Optional.of(column(name, made, formula.type(), nullable(made), null));
  }
}
