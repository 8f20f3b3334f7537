package dev.landfall.transforms.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT, or several in a UNION, as a view's definition is printed.
 *
 * @param parts one, or the parts of a UNION
 * @param distinct for each part after the first, whether equal rows become one
 * @param orders in which order
 * @param limit at most so many rows, null for all
 * @param offset how many rows are passed over before, null for none
 */
record Query(
    List<Part> parts,
    List<Boolean> distinct,
    List<Order> orders,
    @Nullable String limit,
    @Nullable String offset) {
  public Query {
    parts = List.copyOf(parts);
    distinct = List.copyOf(distinct);
    orders = List.copyOf(orders);
  }

  /** A part of a UNION: one SELECT, or a query in brackets. */
  sealed interface Part {}

  /** A query in brackets. */
  record Inner(Query query) implements Part {}

  /** One SELECT up to its HAVING. */
  record Select(
      boolean distinct,
      List<Item> items,
      @Nullable From from,
      @Nullable Sql where,
      List<Sql> groups,
      @Nullable Sql having)
      implements Part {
    public Select {
      items = List.copyOf(items);
      groups = List.copyOf(groups);
    }
  }

  /** A column of the result. */
  record Item(Sql value, String alias) {}

  /** A part of an ORDER BY. */
  record Order(Sql value, boolean descending) {}

  /** What a SELECT reads. */
  sealed interface From {}

  /**
   * A table or view.
   *
   * @param path its name, with its database or without
   */
  record Base(List<String> path, String alias) implements From {
    public Base {
      path = List.copyOf(path);
    }
  }

  /** A subquery with a name. */
  record Derived(Query query, String alias) implements From {}

  /**
   * A join.
   *
   * @param left whether rows without a partner stay
   * @param on the condition, null for none
   */
  record Join(From first, From second, boolean left, @Nullable Sql on) implements From {}
}
