package dev.landfall.transforms.ddl;

import dev.landfall.transforms.catalog.TargetCatalog;
import dev.landfall.transforms.catalog.TargetCatalog.Texts;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TextEquality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds columns whose equality of texts a target does not have. */
final class TextCheck {
  private TextCheck() {}

  /** What stands in the way of making a table; one sentence for each cause. */
  static List<String> misfits(TargetTable target, TargetCatalog catalog) {
    List<String> misfits = new ArrayList<>();
    Texts texts = catalog.texts();
    if (!texts.icu()) {
      first(target, c -> c.equality() == TextEquality.ICU)
          .ifPresent(
              column ->
                  misfits.add(
                      at(target, column)
                          + "`collation: icu` needs a PostgreSQL 12 or newer that was built with"
                          + " ICU, and an encoding such as UTF8 (the database has "
                          + texts.encoding()
                          + "); choose unique, citext or binary"));
    }
    String citext =
        switch (texts.citext()) {
          case READY, CREATABLE -> "";
          case HIDDEN ->
              "is in a schema that this user's sessions do not search; add that schema to the"
                  + " user's search_path";
          case DENIED ->
              "is not there and this user may not make it; let an owner of the database run"
                  + " CREATE EXTENSION citext";
          case MISSING ->
              "is not there and the server does not have it; install PostgreSQL's contrib package,"
                  + " or choose unique or icu";
        };
    if (!citext.isEmpty()) {
      first(target, TargetCollations::isCitext)
          .ifPresent(column -> misfits.add(at(target, column) + "extension citext " + citext));
    }
    return misfits;
  }

  private static Optional<ColumnMapping> first(
      TargetTable target, Predicate<ColumnMapping> wanted) {
    return target.columns().stream().filter(wanted).findFirst();
  }

  private static String at(TargetTable target, ColumnMapping column) {
    return target.name() + "." + column.name() + ": ";
  }
}
