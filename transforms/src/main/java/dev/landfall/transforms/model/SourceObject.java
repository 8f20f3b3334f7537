package dev.landfall.transforms.model;

import dev.landfall.transforms.model.SchemaObject.Kind;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of the source's schema that is no table and no part of one's definition.
 *
 * @param kind what it is
 * @param name its database and name
 * @param table the table of a trigger, null for everything else
 * @param text the statement that would make it again; for a view the SELECT alone; null where the
 *     account may not see it
 * @param sequence the settings of a sequence, null for everything else
 * @param columns the names of a view's columns, which its SELECT need not give; empty for
 *     everything else
 */
public record SourceObject(
    Kind kind,
    TableName name,
    @Nullable TableName table,
    @Nullable String text,
    @Nullable SourceSequence sequence,
    List<String> columns)
    implements Serializable {
  /** Stands for the objects of a kind that the account may not see, if there are any. */
  public static final String UNSEEN = "*";

  public SourceObject {
    columns = List.copyOf(columns);
  }

  /** An object that is no sequence and no view. */
  public SourceObject(Kind kind, TableName name, @Nullable TableName table, @Nullable String text) {
    this(kind, name, table, text, null, List.of());
  }

  /** Whether it stands for objects that the account may not see, if there are any. */
  public boolean unseen() {
    return name.table().equals(UNSEEN);
  }
}
