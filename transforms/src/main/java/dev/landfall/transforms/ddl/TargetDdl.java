package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.TableMapping;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to be defined in the target, apart from the tables that were the user's own before. Not
 * said of each object: that a number is unsigned, character sets, storage options.
 *
 * @param pre schemas, extensions, collations, types, tables, partitions and comments, in an order
 *     that can be executed
 * @param post keys, indexes and checks table by table, then the identities, triggers, foreign keys,
 *     sequences and views
 * @param objects what becomes of each object of the source
 */
public record TargetDdl(List<DdlStatement> pre, List<DdlStatement> post, List<SchemaObject> objects)
    implements Serializable {
  public TargetDdl {
    pre = List.copyOf(pre);
    post = List.copyOf(post);
    objects = List.copyOf(objects);
  }

  /**
   * The definitions for a mapping. The same mapping gives the same statements with the same names.
   *
   * @param catalog the source's, whose product decides how expressions are to be read
   */
  public static TargetDdl of(Mapping mapping, SourceCatalog catalog) {
    return of(mapping, catalog, TargetStyle.DEFAULT);
  }

  /**
   * The definitions for a mapping in a target of that style.
   *
   * @param catalog the source's, whose product decides how expressions are to be read
   */
  public static TargetDdl of(Mapping mapping, SourceCatalog catalog, TargetStyle style) {
    Product product = catalog.product();
    ObjectTable objects = new ObjectTable(catalog, mapping);
    List<DdlStatement> pre = new ArrayList<>();
    List<DdlStatement> post = new ArrayList<>();
    List<DdlStatement> identities = new ArrayList<>();
    OnUpdateDdl onUpdate = new OnUpdateDdl(objects);
    TargetNames names = new TargetNames(style.names());
    TargetCollations collations = new TargetCollations(mapping, style.icu());
    for (TableMapping table : mapping.tables()) {
      table.targets().forEach(target -> names.take(target.name()));
    }
    OtherObjects others = new OtherObjects(mapping, catalog, names, objects);

    MergedTables merged = new MergedTables(mapping, names, objects);
    for (int i = 0; i < mapping.tables().size(); i++) {
      TableDdl tables =
          new TableDdl(mapping.table(i), i, product, names, collations, merged, objects);
      pre.addAll(tables.tables());
      identities.addAll(tables.identities());
      merged.made(i).ifPresent(onUpdate::add);
    }
    merged.note();
    for (int i = 0; i < mapping.tables().size(); i++) {
      Stream.of(merged.alone(i), merged.indexed(i))
          .flatMap(Optional::stream)
          .map(
              table ->
                  new IndexDdl(table, product, names, collations, merged, objects).statements())
          .forEach(post::addAll);
    }
    for (int i = 0; i < mapping.tables().size(); i++) {
      merged
          .alone(i)
          .map(table -> new CheckDdl(table, product, names, objects).statements())
          .ifPresent(post::addAll);
    }
    pre.addAll(0, EnumTypes.definitions(mapping));
    pre.addAll(0, collations.statements());
    pre.addAll(0, TableDdl.schemas(mapping));
    post.addAll(identities);
    post.addAll(onUpdate.statements());
    for (int i = 0; i < mapping.tables().size(); i++) {
      merged
          .alone(i)
          .map(table -> new ForeignKeyDdl(mapping, table, names, merged, objects).statements())
          .ifPresent(post::addAll);
    }
    post.addAll(others.statements());
    return new TargetDdl(pre, post, objects.objects());
  }
}
