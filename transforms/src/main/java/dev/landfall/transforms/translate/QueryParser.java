package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a view's definition as the servers print it, with every column named by its table. */
final class QueryParser extends SqlParser {
  private QueryParser(String sql) {
    super(sql);
  }

  /** The whole text as one query. */
  static Query query(String sql) {
    QueryParser parser = new QueryParser(sql);
    Query query = parser.query();
    parser.end();
    return query;
  }

  private Query query() {
    List<Query.Part> parts = new ArrayList<>();
    List<Boolean> distinct = new ArrayList<>();
    parts.add(part());
    while (accept("union")) {
      distinct.add(!accept("all"));
      parts.add(part());
    }
    List<Query.Order> orders = new ArrayList<>();
    if (accept("order")) {
      expect("by");
      do {
        Sql value = expression();
        boolean descending = accept("desc");
        if (!descending) {
          accept("asc");
        }
        orders.add(new Query.Order(value, descending));
      } while (accept(","));
    }
    if (!accept("limit")) {
      return new Query(parts, distinct, orders, null, null);
    }
    String first = count();
    return accept(",")
        ? new Query(parts, distinct, orders, count(), first)
        : new Query(parts, distinct, orders, first, accept("offset") ? count() : null);
  }

  private String count() {
    if (peek().kind() != Kind.NUMBER || !peek().text().matches("\\d{1,18}")) {
      throw unexpected();
    }
    return next().text();
  }

  private Query.Part part() {
    if (accept("(")) {
      Query query = query();
      expect(")");
      return new Query.Inner(query);
    }
    return select();
  }

  private Query.Select select() {
    if (peek().is("with")) {
      throw new Untranslatable("a common table expression is not translated");
    }
    expect("select");
    boolean distinct = accept("distinct");
    List<Query.Item> items = new ArrayList<>();
    do {
      Sql value = expression();
      expect("as");
      items.add(new Query.Item(value, expectName()));
    } while (accept(","));
    Query.From from = accept("from") ? joined() : null;
    Sql where = accept("where") ? expression() : null;
    List<Sql> groups = new ArrayList<>();
    if (accept("group")) {
      expect("by");
      do {
        groups.add(expression());
      } while (accept(","));
      if (peek().is("with")) {
        throw new Untranslatable("WITH ROLLUP is not translated");
      }
    }
    Sql having = accept("having") ? expression() : null;
    return new Query.Select(distinct, items, from, where, groups, having);
  }

  private Query.From joined() {
    Query.From first = table();
    while (true) {
      boolean left = accept("left");
      boolean join = accept("join") || (!left && accept("straight_join"));
      if (!join && left) {
        throw unexpected();
      }
      if (!join && !accept(",")) {
        return first;
      }
      Query.From second = table();
      first = new Query.Join(first, second, left, on());
    }
  }

  private @Nullable Sql on() {
    return accept("on") ? expression() : null;
  }

  private Query.From table() {
    if (accept("(")) {
      if (!peek().is("select") && !(peek().is("(") && peekNext().is("select"))) {
        Query.From inner = joined();
        expect(")");
        return inner;
      }
      Query query = query();
      expect(")");
      return new Query.Derived(query, expectName());
    }
    List<String> path = new ArrayList<>(List.of(expectName()));
    while (accept(".")) {
      path.add(expectName());
    }
    String alias = peek().kind() == Kind.NAME ? next().text() : path.get(path.size() - 1);
    return new Query.Base(path, alias);
  }
}
