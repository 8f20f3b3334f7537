package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.Identifiers;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Decimal;
import dev.landfall.transforms.translate.ValueType.Whole;
import dev.landfall.transforms.translate.ViewTranslator.Tables.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts a query together in PostgreSQL's words. */
final class QueryTranslator {
  /** PostgreSQL cuts names after so many bytes (manual 4.1.1). */
  private static final int LONGEST_NAME = 63;

  private final Product product;
  private final String defaultDatabase;
  private final ViewTranslator.Tables tables;

  QueryTranslator(Product product, String defaultDatabase, ViewTranslator.Tables tables) {
    this.product = product;
    this.defaultDatabase = defaultDatabase;
    this.tables = tables;
  }

  /**
   * A column of a result.
   *
   * @param alias its name
   * @param term its value; as SQL only within the SELECT that makes it
   */
  record Output(String alias, Term term) {
    /** PostgreSQL's name for it. */
    String name() {
      if (alias.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
        throw new Untranslatable("the name of the column " + alias + " is too long");
      }
      return Identifiers.postgres(alias);
    }
  }

  /** A query with the columns of its result. */
  record Result(String sql, List<Output> outputs) {
    Result {
      outputs = List.copyOf(outputs);
    }
  }

  Result query(Query query) {
    if (query.parts().size() == 1 && query.parts().get(0) instanceof Query.Select select) {
      SelectTranslator only = new SelectTranslator(product, this::relations);
      Result result = only.translate(select);
      return new Result(
          result.sql() + only.ordered(query.orders()) + limited(query), result.outputs());
    }
    List<Result> parts = query.parts().stream().map(this::part).toList();
    StringBuilder sql = new StringBuilder(parts.get(0).sql());
    for (int i = 1; i < parts.size(); i++) {
      boolean distinct = query.distinct().get(i - 1);
      union(parts.get(0).outputs(), parts.get(i).outputs(), distinct);
      sql.append(distinct ? "\nUNION\n" : "\nUNION ALL\n").append(parts.get(i).sql());
    }
    List<Output> outputs =
        IntStream.range(0, parts.get(0).outputs().size())
            .mapToObj(i -> together(parts, i))
            .toList();
    return new Result(sql + positions(query.orders(), outputs) + limited(query), outputs);
  }

  private Result part(Query.Part part) {
    if (part instanceof Query.Inner inner) {
      Result result = query(inner.query());
      return new Result("(" + result.sql() + ")", result.outputs());
    }
    return new SelectTranslator(product, this::relations).translate((Query.Select) part);
  }

  /** Values of one type only: what a mixture becomes is another matter in each server. */
  private static void union(List<Output> first, List<Output> other, boolean distinct) {
    for (int i = 0; i < first.size(); i++) {
      ValueType a = first.get(i).term().type();
      ValueType b = other.get(i).term().type();
      boolean scales =
          a instanceof Decimal one && b instanceof Decimal two && one.scale() != two.scale();
      if (!a.getClass().equals(b.getClass()) || scales) {
        throw new Untranslatable(
            "a UNION of " + a.words() + " with " + b.words() + (scales ? " of another scale" : ""));
      }
      if (distinct) {
        Aggregates.grouped(first.get(i).term());
        Aggregates.grouped(other.get(i).term());
      }
    }
  }

  private static Output together(List<Result> parts, int column) {
    Output first = parts.get(0).outputs().get(column);
    List<Term> terms = parts.stream().map(p -> p.outputs().get(column).term()).toList();
    ValueType type = first.term().type();
    if (type instanceof Whole || type instanceof Decimal) {
      type = Numbers.together(terms);
    } else if (type instanceof Chars) {
      type = Texts.together(terms);
    } else if (!terms.stream().allMatch(t -> t.type().equals(first.term().type()))) {
      throw new Untranslatable("a UNION of several kinds of " + type.words());
    }
    return new Output(first.alias(), Term.of(first.name(), type));
  }

  /** After a UNION rows are sorted by columns of the result only. */
  private static String positions(List<Query.Order> orders, List<Output> outputs) {
    List<String> keys = new ArrayList<>();
    for (Query.Order order : orders) {
      int position = position(order.value(), outputs);
      if (position == 0) {
        throw new Untranslatable("ORDER BY of more than a column of a UNION");
      }
      Term term = outputs.get(position - 1).term();
      if (!term.sql().equals(Aggregates.sorted(term))) {
        throw new Untranslatable("ORDER BY of a text of a UNION");
      }
      keys.add(key(String.valueOf(position), order));
    }
    return orderBy(keys);
  }

  /** Which column of the result is meant by its number or name, from 1; 0 for none. */
  static int position(Sql value, List<Output> outputs) {
    if (value instanceof Sql.Digits digits && digits.digits().matches("[1-9]\\d{0,3}")) {
      int position = Integer.parseInt(digits.digits());
      return position <= outputs.size() ? position : 0;
    }
    if (value instanceof Sql.Name name && !Relations.qualified(name.path())) {
      return 1
          + IntStream.range(0, outputs.size())
              .filter(i -> outputs.get(i).alias().equalsIgnoreCase(name.last()))
              .findFirst()
              .orElse(-1);
    }
    return 0;
  }

  /** MySQL takes NULL for the lowest value (manual 3.3.4.6), PostgreSQL for the highest. */
  static String key(String sql, Query.Order order) {
    return sql + (order.descending() ? " DESC NULLS LAST" : " NULLS FIRST");
  }

  static String orderBy(List<String> keys) {
    return keys.isEmpty() ? "" : "\nORDER BY " + String.join(", ", keys);
  }

  private static String limited(Query query) {
    return (query.limit() == null ? "" : "\nLIMIT " + query.limit())
        + (query.offset() == null ? "" : " OFFSET " + query.offset());
  }

  /** Adds what is read to the relations, and says it in PostgreSQL's words. */
  private String relations(Query.From from, SelectTranslator select) {
    if (from instanceof Query.Base base) {
      return base(base, select.relations());
    }
    if (from instanceof Query.Derived derived) {
      return derived(derived, select.relations());
    }
    Query.Join join = (Query.Join) from;
    String first = relations(join.first(), select);
    String second = relations(join.second(), select);
    String kind = join.left() ? "LEFT JOIN" : join.on() == null ? "CROSS JOIN" : "JOIN";
    String on = join.on() == null ? "" : " ON " + select.condition(join.on());
    if (join.left() && join.on() == null) {
      throw new Untranslatable("LEFT JOIN without a condition");
    }
    return "(" + first + " " + kind + " " + second + on + ")";
  }

  private String base(Query.Base base, Relations relations) {
    List<String> path = base.path();
    TableName name =
        new TableName(
            path.size() > 1 ? path.get(path.size() - 2) : defaultDatabase,
            path.get(path.size() - 1));
    Table table =
        tables
            .table(name)
            .orElseThrow(() -> new Untranslatable("there is no table " + name + " in the target"));
    relations.add(base.alias(), column -> column(table, base.alias(), column));
    return table.sql() + " AS " + Identifiers.postgres(base.alias());
  }

  private static Optional<Term> column(Table table, String alias, String name) {
    return table
        .columns()
        .column(name)
        .map(
            c ->
                Columns.term(
                    new Scope.Column(Relations.sql(alias, c.sql()), c.type(), c.source())));
  }

  private String derived(Query.Derived derived, Relations relations) {
    Result inner = query(derived.query());
    String alias = derived.alias();
    relations.add(
        alias,
        column ->
            inner.outputs().stream()
                .filter(o -> o.alias().equalsIgnoreCase(column))
                .findFirst()
                .map(o -> Term.of(Relations.sql(alias, o.name()), o.term().type())));
    return "(" + inner.sql() + ") AS " + Identifiers.postgres(alias);
  }

  /** The columns of a result, with their names. */
  static String listed(List<Output> outputs, List<String> values) {
    return IntStream.range(0, outputs.size())
        .mapToObj(i -> values.get(i) + " AS " + outputs.get(i).name())
        .collect(Collectors.joining(", "));
  }

  /** Translates what a SELECT reads. */
  interface Reading {
    String relations(Query.From from, SelectTranslator select);
  }

  static @Nullable Output named(List<Output> outputs, List<String> path) {
    return Relations.qualified(path)
        ? null
        : outputs.stream()
            .filter(o -> o.alias().equalsIgnoreCase(path.get(0)))
            .findFirst()
            .orElse(null);
  }
}
