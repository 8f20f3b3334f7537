package dev.landfall.transforms.schema;

import java.io.Serializable;

/**
 * Something of the source's schema that the target does not have, or has otherwise.
 *
 * @param table the target table; the source's where the target has none
 * @param object what it is about, in words: {@code column total}, {@code index by_name}
 * @param note what was not translated and what becomes of it
 */
public record SchemaNote(TableName table, String object, String note) implements Serializable {
  @Override
  public String toString() {
    return table + ": " + object + ": " + note;
  }
}
