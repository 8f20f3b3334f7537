package dev.landfall.transforms.promise;

import dev.landfall.transforms.model.TableName;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something of a target's schema that is not as the mapping promised.
 *
 * @param kind what it is, see {@link SchemaPart.Kind#words}
 * @param table the table that it belongs to, or the object itself where it belongs to none
 * @param object its name within the table
 * @param promised how it should be, null where there should be none
 * @param found how it is, null where there is none
 * @param severity what that means
 * @param reason why it is so, where the migration itself said that it would be; else null
 */
public record SchemaFinding(
    SchemaPart.Kind kind,
    TableName table,
    String object,
    @Nullable String promised,
    @Nullable String found,
    Severity severity,
    @Nullable String reason)
    implements Serializable {
  /** What a finding means. */
  public enum Severity {
    /** The promise is broken. */
    DIFFERENT,
    /** The promise could not be kept, and the migration said so when it made the keys. */
    KNOWN,
    /** The target has something that was not promised, which breaks nothing. */
    MORE;

    /** The word for messages and documents. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static SchemaFinding of(SchemaPart promised, @Nullable String found) {
    return new SchemaFinding(
        promised.kind(),
        promised.table(),
        promised.object(),
        promised.definition(),
        found,
        Severity.DIFFERENT,
        null);
  }

  static SchemaFinding more(SchemaPart found) {
    return new SchemaFinding(
        found.kind(), found.table(), found.object(), null, found.definition(), Severity.MORE, null);
  }

  SchemaFinding as(Severity other, @Nullable String why) {
    return new SchemaFinding(kind, table, object, promised, found, other, why);
  }
}
