package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.TableName;
import java.util.Optional;

/**
 * Translates views, as {@code information_schema.views} prints their definitions (MySQL manual
 * 26.36). A translation gives the same rows with the same values; without an ORDER BY, in any
 * order. Whatever is not known to do so has a reason instead.
 */
public final class ViewTranslator {
  private final Product product;
  private final String defaultDatabase;
  private final Tables tables;

  /**
   * A translator for the views of a database.
   *
   * @param product whose words the views are in
   * @param defaultDatabase where tables without a database are
   * @param tables what the names of tables stand for
   */
  public ViewTranslator(Product product, String defaultDatabase, Tables tables) {
    this.product = product;
    this.defaultDatabase = defaultDatabase;
    this.tables = tables;
  }

  /** What the names of tables and views stand for in the target. */
  @FunctionalInterface
  public interface Tables {
    /** The table or view that the source's has become; empty when there is none. */
    Optional<Table> table(TableName source);

    /**
     * A table or view of the target.
     *
     * @param sql its name, quoted as in statements
     * @param columns its columns
     */
    record Table(String sql, Scope columns) {}
  }

  /**
   * A view's definition.
   *
   * @param selectText the SELECT, as the source's catalogue prints it
   * @return a SELECT whose columns have the names that the given one says, in the same order
   */
  public Translation translate(String selectText) {
    try {
      return Translation.to(
          new QueryTranslator(product, defaultDatabase, tables)
              .query(QueryParser.query(selectText))
              .sql());
    } catch (Untranslatable e) {
      return Translation.none(ExpressionTranslator.reason(e));
    }
  }
}
