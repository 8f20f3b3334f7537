package dev.landfall.pipelines.preflight;

import dev.landfall.transforms.model.Identifiers;
import java.util.List;

/**
 * A database in another encoding refuses characters that it does not have, row by row; one in
 * SQL_ASCII takes any bytes for any characters. What was begun in one is not refused any more: the
 * rows are there, and can be compared.
 */
final class UnicodeTarget implements Precondition {
  @Override
  public List<String> look(Surroundings target) {
    String encoding = target.catalog().texts().encoding();
    if (target.known() || encoding.equals("UTF8")) {
      return List.of();
    }
    return List.of(
        "The target database "
            + target.catalog().database()
            + " has the encoding "
            + encoding
            + ", which can't hold every character of the source. Make one that can, and give that:"
            + " CREATE DATABASE "
            + Identifiers.postgres(target.catalog().database() + "_utf8")
            + " ENCODING 'UTF8' TEMPLATE template0; (and a LOCALE, where the server's own is"
            + " of another encoding).");
  }
}
