package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.types.PgType;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Translates expressions of column definitions, checks and indexes, as the source's catalogue
 * prints them (MySQL manual 26.3: {@code generation_expression}, {@code check_clause}, {@code
 * column_default}, {@code expression}).
 *
 * <p>A translation gives the same value for all values of its columns for which MySQL, in strict
 * mode, gives one; where MySQL fails for want of room, PostgreSQL fails too. What is not known to
 * do so has a reason instead. Translations depend on no setting of a session, so that a generated
 * column and an index take them, unless they say the current moment.
 */
public final class ExpressionTranslator {
  private final Product product;
  private final Scope scope;

  /**
   * A translator for the expressions of one table.
   *
   * @param product whose words the expressions are in
   * @param scope the table's columns; for a default none, since PostgreSQL's name no columns
   */
  public ExpressionTranslator(Product product, Scope scope) {
    this.product = product;
    this.scope = scope;
  }

  /**
   * An expression whose value goes into a column of that type: a default, a generated column. With
   * a column in it there is no current moment and no random value in it, and the other way round.
   */
  public Translation value(String expression, PgType type) {
    return translated(
        expression,
        (walk, sql) -> {
          String value = Assignment.to(walk.term(sql), type);
          if (walk.columns() && walk.moments()) {
            throw new Untranslatable("a generated column with a value that is new each time");
          }
          return value;
        });
  }

  /** A condition: what a CHECK says. */
  public Translation condition(String expression) {
    return translated(
        expression,
        (walk, sql) -> {
          String condition = Choices.condition(walk.term(sql)).sql();
          constant(walk, "a condition");
          return condition;
        });
  }

  /**
   * An expression that is only compared and sorted: a part of an index. It is in brackets, as an
   * index needs it.
   */
  public Translation indexed(String expression) {
    return translated(
        expression,
        (walk, sql) -> {
          Term term = walk.term(sql);
          constant(walk, "an index");
          if (Walk.isDocument(term)) {
            throw new Untranslatable("an index of JSON documents");
          }
          return "(" + term.sql() + ")";
        });
  }

  private static void constant(Walk walk, String what) {
    if (walk.moments()) {
      throw new Untranslatable(what + " with a value that is new each time");
    }
  }

  private Translation translated(String expression, BiFunction<Walk, Sql, String> use) {
    try {
      return Translation.to(use.apply(new Walk(product, this::column), parsed(expression)));
    } catch (Untranslatable e) {
      return Translation.none(reason(e));
    }
  }

  private static Sql parsed(String expression) {
    return SqlParser.expression(expression);
  }

  static String reason(Untranslatable e) {
    return String.valueOf(e.getMessage());
  }

  private Term column(List<String> path) {
    String name = path.get(path.size() - 1);
    return Columns.term(
        scope
            .column(name)
            .orElseThrow(() -> new Untranslatable("there is no column " + name + " here")));
  }
}
