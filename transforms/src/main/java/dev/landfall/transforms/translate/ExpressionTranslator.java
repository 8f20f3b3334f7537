package dev.landfall.transforms.translate;

import dev.landfall.transforms.schema.SourceCatalog.Product;
import dev.landfall.transforms.schema.TargetType;

/** Translates expressions of column definitions, checks and indexes. */
public final class ExpressionTranslator {
  private final Product product;
  private final Scope scope;

  /**
   * A translator for the expressions of one table.
   *
   * @param product whose words the expressions are in
   * @param scope the table's columns
   */
  public ExpressionTranslator(Product product, Scope scope) {
    this.product = product;
    this.scope = scope;
  }

  /** An expression whose value goes into a column of that type: a default, a generated column. */
  public Translation value(String expression, TargetType type) {
    return Translation.none(product + " " + scope + " " + expression + " " + type);
  }

  /** A condition: what a CHECK says. */
  public Translation condition(String expression) {
    return Translation.none(expression);
  }

  /** An expression that is only compared and sorted: a part of an index. */
  public Translation indexed(String expression) {
    return Translation.none(expression);
  }
}
