package dev.landfall.transforms.types;

import dev.landfall.transforms.model.Conversion;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceType;
import dev.landfall.transforms.model.TargetType;
import dev.landfall.transforms.model.TargetType.Kind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether every value of a source column fits a target type, and by which conversion. One place for
 * each type of the source; nothing is rounded, cut or guessed. Three pairs are accepted although
 * single values may not fit, because people have good reasons for them and PostgreSQL refuses such
 * a value by itself, which makes the row a reject: an unsigned integer in the signed type of the
 * same width, a tinyint as boolean, a time of day from a MySQL time.
 */
final class TypeFit {
  /** What a spec says for an enum type that the migration makes itself. */
  static final String ENUM = "enum";

  /** NAMEDATALEN - 1 (PostgreSQL manual 8.7.4). */
  private static final int LABEL_BYTES = 63;

  /** PostGIS takes a larger one for another without an error ({@code clamp_srid}). */
  private static final long MAX_SRID = 999_999;

  /** A text for which case does not count (PostgreSQL manual F.10). */
  private static final String CITEXT = "citext";

  /** The types whose values a person wrote as words. */
  private static final Set<SourceType> CHARACTERS =
      EnumSet.of(SourceType.CHAR, SourceType.VARCHAR, SourceType.TEXT, SourceType.ENUM);

  private static final int UUID_CHARACTERS = 36;

  /** {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}. */
  private static final int INET_CHARACTERS = 45;

  private final @Nullable Conversion conversion;
  private final String reason;

  private TypeFit(@Nullable Conversion conversion, String reason) {
    this.conversion = conversion;
    this.reason = reason;
  }

  /** The conversion that makes the values fit; empty when they don't. */
  Optional<Conversion> conversion() {
    return Optional.ofNullable(conversion);
  }

  /** Why they don't fit, in the words {@code varchar(20) holds 20 characters, not 40}. */
  String reason() {
    return reason;
  }

  /** Decides for one column and one type. */
  static TypeFit of(SourceColumn column, TargetType target) {
    Kind kind = target.kind();
    if (target.ddl().equals(ENUM)) {
      return label(column);
    }
    if (target.ddl().equals(CITEXT)
        && SourceType.of(column).filter(CHARACTERS::contains).isEmpty()) {
      return refused(column, target);
    }
    return SourceType.of(column)
        .map(
            type ->
                switch (type) {
                  case TINYINT ->
                      kind == Kind.BOOLEAN
                          ? fits(Conversion.NONE)
                          : NumberFit.integer(column, target, 8, 3);
                  case SMALLINT -> NumberFit.integer(column, target, 16, 5);
                  case MEDIUMINT ->
                      NumberFit.integer(column, target, 24, column.unsigned() ? 8 : 7);
                  case INT -> NumberFit.integer(column, target, 32, 10);
                  case BIGINT -> NumberFit.integer(column, target, 64, column.unsigned() ? 20 : 19);
                  case DECIMAL -> NumberFit.decimal(column, target);
                  case FLOAT ->
                      kind == Kind.REAL
                          ? fits(Conversion.NONE)
                          : NumberFit.floating(column, target);
                  case DOUBLE -> NumberFit.floating(column, target);
                  case CHAR, VARCHAR, TEXT -> characters(column, target);
                  case ENUM ->
                      kind == Kind.OTHER
                          ? fits(Conversion.TEXT)
                          : text(column, target, Conversion.TEXT, column.length());
                  case SET ->
                      kind == Kind.TEXT_ARRAY
                          ? fits(Conversion.SET)
                          : text(column, target, Conversion.TEXT, column.length());
                  case JSON ->
                      kind == Kind.JSON || kind == Kind.JSONB
                          ? fits(Conversion.NONE)
                          : text(column, target, Conversion.TEXT, Long.valueOf(Long.MAX_VALUE));
                  case DATE ->
                      kind == Kind.DATE ? fits(Conversion.DATE) : printed(column, target, 10);
                  case DATETIME, TIMESTAMP ->
                      kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ
                          ? fraction(column, target, Conversion.DATE)
                          : printed(column, target, 26);
                  case TIME ->
                      kind == Kind.INTERVAL || kind == Kind.TIME
                          ? fraction(column, target, Conversion.NONE)
                          : printed(column, target, 17);
                  case YEAR -> NumberFit.integer(column, target, 16, 4);
                  case BIT -> bit(column, target);
                  case BINARY ->
                      kind == Kind.BYTEA
                          ? fits(Conversion.BYTEA)
                          : text(column, target, Conversion.TEXT, column.length());
                  case UUID ->
                      kind == Kind.UUID
                          ? fits(Conversion.NONE)
                          : printed(column, target, UUID_CHARACTERS);
                  case INET ->
                      target.ddl().equals("inet")
                          ? fits(Conversion.NONE)
                          : printed(column, target, INET_CHARACTERS);
                  case VECTOR -> vector(column, target);
                  case GEOMETRY -> geometry(column, target);
                })
        // Of a type nobody knows, what the server prints can still be kept: as text or as bytes.
        .orElseGet(
            () ->
                kind == Kind.BYTEA
                    ? fits(Conversion.BYTEA)
                    : text(column, target, Conversion.TEXT, Long.valueOf(Long.MAX_VALUE)));
  }

  private static TypeFit characters(SourceColumn column, TargetType target) {
    return switch (target.kind()) {
      case TEXT -> text(column, target, Conversion.TEXT, column.length());
      case BYTEA -> fits(Conversion.BYTEA);
      // PostgreSQL judges each value: one that it refuses is a reject.
      case JSON, JSONB, UUID, OTHER -> fits(Conversion.TEXT);
      case BOOLEAN,
          SMALLINT,
          INTEGER,
          BIGINT,
          NUMERIC,
          REAL,
          DOUBLE,
          DATE,
          TIME,
          INTERVAL,
          TIMESTAMP,
          TIMESTAMPTZ,
          BIT,
          TEXT_ARRAY ->
          refused(column, target);
    };
  }

  private static TypeFit bit(SourceColumn column, TargetType target) {
    int bits = column.precision() == null ? 1 : column.precision();
    if (target.kind() == Kind.BOOLEAN && bits == 1) {
      return fits(Conversion.BIT_BOOLEAN);
    }
    if (target.kind() == Kind.BYTEA) {
      return fits(Conversion.BYTEA);
    }
    if (target.kind() != Kind.BIT) {
      return refused(column, target);
    }
    TypeText text = TypeText.parse(target.ddl());
    Integer room = text.length();
    // PostgreSQL's bit(n) takes exactly n digits (manual 8.10), varbit(n) up to n.
    boolean fits = room == null || room == bits || (room > bits && text.base().equals("varbit"));
    return fits
        ? fits(Conversion.BIT)
        : refuse(target + " holds " + room + " bits, not the " + bits + " of ", column);
  }

  /** An enum of PostgreSQL's own, made from the members. */
  private static TypeFit label(SourceColumn column) {
    if (!column.dataType().equals("enum")) {
      return refuse("an enum is made of the members of an enum, not of ", column);
    }
    List<String> members = column.members();
    for (String member : members) {
      if (member.getBytes(StandardCharsets.UTF_8).length > LABEL_BYTES) {
        return new TypeFit(
            null, "PostgreSQL's labels have at most 63 bytes, unlike \"" + member + "\"");
      }
      if (member.indexOf('\0') >= 0) {
        return new TypeFit(null, "a label of PostgreSQL can't hold a NUL character");
      }
    }
    return Set.copyOf(members).size() == members.size()
        ? fits(Conversion.ENUM)
        : new TypeFit(
            null,
            "the source's catalogue prints characters beyond U+FFFF as question marks, so that two"
                + " members look the same");
  }

  private static TypeFit vector(SourceColumn column, TargetType target) {
    String name = TypeText.parse(target.ddl()).name();
    if (target.kind() == Kind.BYTEA) {
      return fits(Conversion.BYTEA);
    }
    if (target.ddl().equals("real[]")) {
      return fits(Conversion.VECTOR);
    }
    // Fewer floats than declared, which MySQL takes and pgvector does not, are a reject.
    return target.kind() == Kind.OTHER && name.equals("vector")
        ? fits(Conversion.VECTOR_TEXT)
        : text(column, target, Conversion.VECTOR_TEXT, Long.valueOf(Long.MAX_VALUE));
  }

  /** Each value's type and SRID are judged while loading where the declaration leaves them open. */
  private static TypeFit geometry(SourceColumn column, TargetType target) {
    if (target.kind() == Kind.BYTEA) {
      return fits(Conversion.GEOMETRY_BYTES);
    }
    TypeText text = TypeText.parse(target.ddl());
    if (target.kind() != Kind.OTHER || text.array() || !text.name().equals("geometry")) {
      return text(column, target, Conversion.GEOMETRY_TEXT, Long.valueOf(Long.MAX_VALUE));
    }
    String shape = text.word();
    String declared = TypeMapper.shape(column);
    if (shape != null && !shape.equals("Geometry") && !shape.equals(declared)) {
      return refused(column, target);
    }
    Long srid = column.srid();
    Integer room = text.modifiers().isEmpty() ? null : text.modifiers().get(0);
    boolean same = room == null || room == 0 || srid == null || srid == room.longValue();
    return same && (srid == null || srid <= MAX_SRID)
        ? fits(Conversion.GEOMETRY)
        : refused(column, target);
  }

  private static TypeFit fraction(SourceColumn column, TargetType target, Conversion conversion) {
    int needed = column.fraction() == null ? 0 : column.fraction();
    return TypeText.parse(target.ddl()).fraction() >= needed
        ? fits(conversion)
        : refuse(target + " rounds the fraction of a second of ", column);
  }

  /** A value whose printed form is plain ASCII of at most so many characters. */
  static TypeFit printed(SourceColumn column, TargetType target, int characters) {
    return text(column, target, Conversion.NONE, Long.valueOf(characters));
  }

  private static TypeFit text(
      SourceColumn column, TargetType target, Conversion conversion, @Nullable Long characters) {
    if (target.kind() != Kind.TEXT) {
      return refused(column, target);
    }
    Integer room = TypeText.parse(target.ddl()).length();
    if (room == null || (characters != null && room >= characters)) {
      return fits(conversion);
    }
    return refuse(
        target + " holds " + room + (room == 1 ? " character" : " characters") + ", fewer than ",
        column);
  }

  static TypeFit fits(Conversion conversion) {
    return new TypeFit(conversion, "");
  }

  static TypeFit refused(SourceColumn column, TargetType target) {
    return refuse(target + " can't take every value of ", column);
  }

  static TypeFit refuse(String what, SourceColumn column) {
    return new TypeFit(null, what + "the source's " + declared(column));
  }

  private static String declared(SourceColumn column) {
    // MariaDB's json is printed as longtext; a list of a hundred members helps nobody.
    boolean list = column.dataType().equals("enum") || column.dataType().equals("set");
    return list || column.dataType().equals("json") ? column.dataType() : column.columnType();
  }
}
