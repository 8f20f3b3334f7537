package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.translate.QueryTranslator.Output;
import dev.landfall.transforms.translate.QueryTranslator.Reading;
import dev.landfall.transforms.translate.QueryTranslator.Result;
import dev.landfall.transforms.translate.ValueType.Bool;
import dev.landfall.transforms.translate.ValueType.Chars;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Translates one SELECT; a SELECT that groups has only grouped columns outside of aggregates. */
final class SelectTranslator implements Walk.Names {
  private final Walk walk;
  private final Reading reading;
  private final Relations relations = new Relations();

  /** Columns outside of aggregates, in the expression at hand. */
  private final Set<String> free = new HashSet<>();

  private final List<Output> outputs = new ArrayList<>();
  private final Set<String> groups = new HashSet<>();
  private boolean aggregated;
  private boolean inAggregate;
  private boolean distinct;

  SelectTranslator(Product product, Reading reading) {
    this.walk = new Walk(product, this);
    this.reading = reading;
  }

  Relations relations() {
    return relations;
  }

  @Override
  public Term column(List<String> path) {
    if (!Relations.qualified(path)) {
      Output output = QueryTranslator.named(outputs, path);
      if (output == null) {
        throw new Untranslatable("there is no column " + path.get(0) + " here");
      }
      return output.term();
    }
    Term column = relations.column(path);
    if (!inAggregate) {
      free.add(column.sql());
    }
    return column;
  }

  @Override
  public @Nullable Term call(Sql.Call call, Function<Sql, Term> inner) {
    if (!Aggregates.NAMES.contains(call.name())) {
      return null;
    }
    if (call.arguments().size() != 1 || inAggregate) {
      throw new Untranslatable(call.name() + " of several values");
    }
    aggregated = true;
    inAggregate = true;
    Term argument = inner.apply(call.arguments().get(0));
    inAggregate = false;
    return Aggregates.call(call.name(), argument);
  }

  /** A condition of a join or of the whole. */
  String condition(Sql sql) {
    return Choices.condition(walk.term(sql)).sql();
  }

  Result translate(Query.Select select) {
    distinct = select.distinct();
    String from = select.from() == null ? "" : "\nFROM " + reading.relations(select.from(), this);
    String where = select.where() == null ? "" : "\nWHERE " + condition(select.where());
    List<Query.Item> items = select.items();
    List<Set<String>> loose = new ArrayList<>();
    for (Query.Item item : items) {
      free.clear();
      Term term = output(item.value());
      loose.add(Set.copyOf(free));
      outputs.add(new Output(item.alias(), distinct ? Aggregates.grouped(term) : term));
    }
    List<String> keys = new ArrayList<>();
    for (Sql group : select.groups()) {
      keys.add(group(group));
    }
    groups.addAll(keys);
    String having = "";
    if (select.having() != null) {
      having = "\nHAVING " + checked(select.having());
    }
    for (int i = 0; i < items.size(); i++) {
      demandGrouped(outputs.get(i).term().sql(), loose.get(i));
    }
    String by = keys.isEmpty() ? "" : "\nGROUP BY " + String.join(", ", keys);
    return new Result(
        "SELECT "
            + (distinct ? "DISTINCT " : "")
            + QueryTranslator.listed(outputs, outputs.stream().map(o -> o.term().sql()).toList())
            + from
            + where
            + by
            + having,
        outputs.stream().map(SelectTranslator::outside).toList());
  }

  /** A computed condition is MySQL's 0 or 1; a column that is a boolean stays one. */
  private Term output(Sql sql) {
    Term term = walk.term(sql);
    if (term.isNull()) {
      throw new Untranslatable("a column that is always NULL has no type");
    }
    return term.type() instanceof Bool && !(sql instanceof Sql.Name) ? Numbers.number(term) : term;
  }

  /** A literal is one no more where it is read from a result. */
  private static Output outside(Output output) {
    ValueType type = output.term().type();
    if (type instanceof Chars chars && chars.collation().equals(Collation.NONE)) {
      type = new Chars(Collation.MADE, chars.utf8());
    }
    return new Output(output.alias(), Term.of(output.term().sql(), type));
  }

  private String group(Sql sql) {
    Term term = Aggregates.grouped(walk.term(sql));
    if (term.literal() != null) {
      throw new Untranslatable("GROUP BY of a literal");
    }
    return term.sql();
  }

  private String checked(Sql having) {
    free.clear();
    String condition = condition(having);
    demandGrouped(condition, free);
    return condition;
  }

  private void demandGrouped(String sql, Set<String> columns) {
    boolean grouping = aggregated || !groups.isEmpty();
    if (grouping && !groups.contains(sql) && !groups.containsAll(columns)) {
      throw new Untranslatable("a column that is neither grouped nor within an aggregate");
    }
  }

  /** The ORDER BY of this SELECT. */
  String ordered(List<Query.Order> orders) {
    List<String> keys = new ArrayList<>();
    for (Query.Order order : orders) {
      free.clear();
      int position = QueryTranslator.position(order.value(), outputs);
      Term term = position > 0 ? outputs.get(position - 1).term() : walk.term(order.value());
      String key = term.literal() == null ? Aggregates.sorted(term) : null;
      if (key == null) {
        continue;
      }
      if (position == 0) {
        demandGrouped(term.sql(), free);
      }
      if (distinct && outputs.stream().noneMatch(o -> o.term().sql().equals(key))) {
        throw new Untranslatable("ORDER BY of more than a column of a DISTINCT");
      }
      keys.add(QueryTranslator.key(key, order));
    }
    return QueryTranslator.orderBy(keys);
  }
}
