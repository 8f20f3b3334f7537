package dev.landfall.transforms.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Says which tables and columns could not keep their names, though the spec gave them no other.
 * Names that are in lower case because the spec wants it are not named one by one.
 */
final class NameNotes {
  private NameNotes() {}

  static List<SchemaNote> of(Mapping mapping, NameStyle style) {
    List<SchemaNote> notes = new ArrayList<>();
    for (TableMapping table : mapping.tables()) {
      for (TargetTable target : table.targets()) {
        if (!target.existing()) {
          String source = table.source().name().table();
          if (!TargetNames.fits(source) && style.of(source).equals(target.name().table())) {
            notes.add(new SchemaNote(target.name(), "table", tooLong(source)));
          }
          columns(table, target, style, notes);
        }
      }
    }
    return notes;
  }

  private static void columns(
      TableMapping table, TargetTable target, NameStyle style, List<SchemaNote> notes) {
    for (ColumnMapping column : target.columns()) {
      if (column.source() == ColumnMapping.CONSTANT) {
        continue;
      }
      String source = table.read().get(column.source()).name();
      boolean own = column.name().equals(style.ofColumn(source));
      if (own && NameStyle.isSystemColumn(style.fold(source))) {
        notes.add(
            new SchemaNote(
                target.name(),
                "column " + column.name(),
                "is the source's " + source + ", a name that PostgreSQL keeps for itself"));
      } else if (own && !TargetNames.fits(source)) {
        notes.add(new SchemaNote(target.name(), "column " + column.name(), tooLong(source)));
      }
    }
  }

  private static String tooLong(String source) {
    return "is the source's "
        + source
        + ", a name of more than PostgreSQL's "
        + TargetNames.MAX_BYTES
        + " bytes";
  }
}
