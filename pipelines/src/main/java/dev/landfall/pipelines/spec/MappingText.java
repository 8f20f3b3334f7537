package dev.landfall.pipelines.spec;

import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ColumnName;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceIndex;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.TextEquality;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.Conversion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, with the schema of the source that it was made for, as lines of text: what the ledger
 * keeps of it, so that a resumed run can tell that something changed, and what. Secrets, estimates
 * and counters are not in it.
 */
public final class MappingText {
  private static final Set<String> OF_TABLES =
      Set.of("constant", "made", "rows", "key", "unique", "index", "foreign");

  private MappingText() {}

  /**
   * One line for each target column, source column that is not moved, key, index and foreign key,
   * table by table. Each line is unique.
   */
  public static List<String> describe(Mapping mapping) {
    List<String> lines = new ArrayList<>();
    mapping.tables().forEach(table -> describe(table, lines));
    return List.copyOf(lines);
  }

  /**
   * What changed between two descriptions: {@code - line} for each that is gone and {@code + line}
   * for each that is new, the two of one column beside each other. Empty when nothing changed that
   * matters; columns in another order don't.
   */
  public static List<String> difference(List<String> before, List<String> now) {
    Set<String> old = new HashSet<>(before);
    Set<String> current = new HashSet<>(now);
    List<String> removed = before.stream().filter(line -> !current.contains(line)).toList();
    List<String> added = new ArrayList<>(now.stream().filter(line -> !old.contains(line)).toList());
    List<String> difference = new ArrayList<>();
    for (String line : removed) {
      difference.add("- " + line);
      added.stream()
          .filter(other -> subject(other).equals(subject(line)))
          .findFirst()
          .ifPresent(
              other -> {
                difference.add("+ " + other);
                added.remove(other);
              });
    }
    added.forEach(line -> difference.add("+ " + line));
    return List.copyOf(difference);
  }

  /**
   * SHA-256 of a description, in hexadecimal digits: of its lines in the order of their characters,
   * each ended by a line feed, in UTF-8.
   */
  public static String fingerprint(List<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.stream()
          .sorted()
          .forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether a description has a line of a source column. */
  public static boolean describes(List<String> lines, ColumnName column) {
    String start = column.table() + "." + column.column() + " ";
    return lines.stream().anyMatch(line -> line.startsWith(start));
  }

  /** What a line is about: a source column, or a table and what kind of thing of it. */
  private static String subject(String line) {
    String[] words = line.split(" ", 3);
    return words.length > 1 && OF_TABLES.contains(words[1]) ? words[0] + " " + words[1] : words[0];
  }

  private static void describe(TableMapping table, List<String> lines) {
    String source = table.source().name().toString();
    Set<SourceColumn> moved = new HashSet<>();
    for (TargetTable target : table.targets()) {
      for (ColumnMapping column : target.columns()) {
        column.source().positions().forEach(position -> moved.add(table.read().get(position)));
        lines.add(from(table, column) + " -> " + target.name() + "." + target(column));
      }
      lines.add(source + " key -> " + target.name() + " key " + list(target.key()));
      if (!target.takesAllRows()) {
        String rows = target.rows(table.read());
        lines.add(source + " rows -> " + target.name() + " only " + escaped(rows));
      }
    }
    for (SourceColumn column : table.source().columns()) {
      if (!moved.contains(column)) {
        lines.add(column(source, column) + " -> nothing");
      }
    }
    List<String> key = table.source().key().stream().map(name -> key(table, name)).toList();
    lines.add(source + " key " + list(key));
    table.source().indexes().forEach(index -> lines.add(source + " " + index(index)));
    table.source().foreignKeys().forEach(foreign -> lines.add(source + " " + foreign(foreign)));
  }

  private static String from(TableMapping table, ColumnMapping column) {
    String source = table.source().name().toString();
    if (column.source() instanceof ValueSource.Constant constant) {
      return source + " constant " + value(constant.text());
    }
    if (column.source() instanceof ValueSource.Computed computed) {
      return source + " made " + escaped(computed.words(table.read()));
    }
    return column(source, table.sourceOf(column).orElseThrow());
  }

  private static String column(String table, SourceColumn column) {
    return table
        + "."
        + column.name()
        + " "
        + column.columnType()
        + (column.nullable() ? "" : " NOT NULL")
        + (column.autoIncrement() ? " auto_increment" : "")
        + (column.generated() == null ? "" : " generated");
  }

  private static String target(ColumnMapping column) {
    return column.name()
        + " "
        + column.type()
        + (column.nullable() ? "" : " NOT NULL")
        + (column.conversion().equals(Conversion.NONE) ? "" : " through " + column.conversion())
        + (column.nullDefault() == null ? "" : ", NULL becomes " + value(column.nullDefault()))
        + (column.generated() == null ? "" : " generated as " + escaped(column.generated()))
        + (column.rules().policies().isEmpty()
            ? ""
            : ", rules " + escaped(column.rules().written()))
        + (column.equality() == TextEquality.UNIQUE
            ? ""
            : ", collation " + column.equality().word());
  }

  /** The collation belongs to a key: it decides the order, and so the chunks. */
  private static String key(TableMapping table, String name) {
    return table
        .source()
        .column(name)
        .map(c -> c.collation() == null ? c.name() : c.name() + " collate " + c.collation())
        .orElse(name);
  }

  private static String index(SourceIndex index) {
    return (index.unique() ? "unique " : "")
        + "index "
        + index.name()
        + " "
        + index.kind()
        + " "
        + list(index.parts().stream().map(MappingText::part).toList());
  }

  private static String part(SourceIndex.Part part) {
    return Stream.of(
            part.column(),
            part.expression() == null ? null : escaped(part.expression()),
            part.prefix() == null ? null : "prefix " + part.prefix(),
            part.descending() ? "desc" : null)
        .filter(java.util.Objects::nonNull)
        .collect(Collectors.joining(" "));
  }

  private static String foreign(SourceForeignKey key) {
    return "foreign key "
        + key.name()
        + " "
        + list(key.columns())
        + " -> "
        + key.referenced()
        + " "
        + list(key.referencedColumns())
        + " on update "
        + key.onUpdate()
        + " on delete "
        + key.onDelete();
  }

  private static String list(List<String> names) {
    return "(" + String.join(", ", names) + ")";
  }

  private static String value(@Nullable String value) {
    return value == null ? "NULL" : "'" + escaped(value).replace("'", "''") + "'";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
