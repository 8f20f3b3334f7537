package dev.landfall.transforms.schema;

import dev.landfall.transforms.schema.SourceCatalog.Product;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to be defined in the target, apart from the tables that were the user's own before. Not
 * translated and not noted one by one: that a number is unsigned, character sets, storage options.
 *
 * @param pre schemas, types, tables and comments, in an order that can be executed
 * @param post keys and indexes table by table, then the identities, then the foreign keys
 * @param notes everything of the source's schema that the target has not or has otherwise
 */
public record TargetDdl(List<DdlStatement> pre, List<DdlStatement> post, List<SchemaNote> notes)
    implements Serializable {
  public TargetDdl {
    pre = List.copyOf(pre);
    post = List.copyOf(post);
    notes = List.copyOf(notes);
  }

  /**
   * The definitions for a mapping. The same mapping gives the same statements with the same names.
   *
   * @param product the source's, which decides how defaults are to be read
   */
  public static TargetDdl of(Mapping mapping, Product product) {
    List<DdlStatement> pre = new ArrayList<>();
    List<DdlStatement> keys = new ArrayList<>();
    List<DdlStatement> identities = new ArrayList<>();
    List<DdlStatement> foreignKeys = new ArrayList<>();
    List<SchemaNote> notes = new ArrayList<>();
    TargetNames names = new TargetNames();
    for (TableMapping table : mapping.tables()) {
      table.targets().forEach(target -> names.take(target.name()));
    }

    pre.addAll(TableDdl.schemas(mapping));
    pre.addAll(EnumTypes.definitions(mapping));
    for (TableMapping table : mapping.tables()) {
      TableDdl tables = new TableDdl(table, product, names, notes);
      pre.addAll(tables.tables());
      identities.addAll(tables.identities());
    }
    for (TableMapping table : mapping.tables()) {
      keys.addAll(new IndexDdl(table, names, notes).statements());
    }
    for (TableMapping table : mapping.tables()) {
      foreignKeys.addAll(new ForeignKeyDdl(mapping, table, names, notes).statements());
    }

    List<DdlStatement> post = new ArrayList<>(keys);
    post.addAll(identities);
    post.addAll(foreignKeys);
    return new TargetDdl(pre, post, notes);
  }
}
