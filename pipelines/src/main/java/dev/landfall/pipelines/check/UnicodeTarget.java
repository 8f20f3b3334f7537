package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.model.Identifiers;
import java.util.List;

/**
 * A database in another encoding refuses characters that it does not have, row by row; one in
 * SQL_ASCII takes any bytes for any characters. What was begun in one is not refused any more: the
 * rows are there, and can be compared.
 */
final class UnicodeTarget implements Check<Surroundings> {
  @Override
  public List<CheckResult> look(Surroundings at) {
    String encoding = at.catalog().texts().encoding();
    if (at.prepared().known() || encoding.equals("UTF8")) {
      return List.of();
    }
    String database = at.catalog().database();
    return broken(
        "The target database "
            + database
            + " has the encoding "
            + encoding
            + ", which can't hold every character of the source. Make one that can, and give"
            + " that: CREATE DATABASE "
            + Identifiers.postgres(database + "_utf8")
            + " ENCODING 'UTF8' TEMPLATE template0; (and a LOCALE, where the server's own is of"
            + " another encoding).");
  }
}
