package dev.landfall.pipelines.draft;

import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.choose.RuleScope;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy.Outcome;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.types.Conversion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The mapping of one table that becomes one, with a line for each column. */
final class TableText {
  /** What is longer moves only what is behind it in its own line. */
  private static final int WIDEST = 40;

  private static final int LONGEST_EXPRESSION = 80;

  /** PostgreSQL's NAMEDATALEN, less one. */
  private static final int LONGEST_NAME = 63;

  private static final long MEGABYTE = 1_000_000;

  private final TableMapping mapping;
  private final TargetTable target;
  private final ObjectNotes.OfTable notes;
  private final List<OddCount> counts;
  private final BiPredicate<SourceTable, SourceColumn> depends;
  private final boolean types;

  /**
   * Of a table.
   *
   * @param counts its odd values, where they were counted
   * @param depends whether a column's type depends on a target that nobody looked at
   * @param types whether types are said at all
   */
  TableText(
      TableMapping mapping,
      ObjectNotes.OfTable notes,
      List<OddCount> counts,
      BiPredicate<SourceTable, SourceColumn> depends,
      boolean types) {
    this.mapping = mapping;
    this.target = mapping.targets().get(0);
    this.notes = notes;
    this.counts = counts;
    this.depends = depends;
    this.types = types;
  }

  private record Line(String name, String said, String comment) {}

  /**
   * Appends it.
   *
   * @param name of the table, as the spec has to write it
   */
  void append(String name, StringBuilder text) {
    SourceTable source = mapping.source();
    text.append("\n  # ").append(YamlText.comment(size(source))).append('\n');
    for (String note : notes.others()) {
      text.append("  # ").append(YamlText.comment(note)).append('\n');
    }
    text.append("  - table: ").append(YamlText.scalar(name)).append('\n');
    if (!target.name().table().equals(source.name().table())) {
      text.append("    to: ").append(YamlText.scalar(target.name().table())).append('\n');
    }
    text.append("    columns:\n");
    List<Line> lines = target.columns().stream().map(this::line).toList();
    int names = width(lines.stream().map(Line::name));
    int said = width(lines.stream().map(Line::said));
    for (Line line : lines) {
      text.append("      ")
          .append(padded(line.name(), names))
          .append(' ')
          .append(padded(line.said(), said))
          .append("  # ")
          .append(YamlText.comment(line.comment()))
          .append('\n');
    }
  }

  private static int width(Stream<String> texts) {
    return Math.min(WIDEST, texts.mapToInt(TableText::length).max().orElse(0));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - length(text)));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private String size(SourceTable source) {
    String key =
        source.key().isEmpty()
            ? "no key: its rows can be compared, but not named"
            : "key: " + String.join(", ", source.key());
    return "about "
        + String.format(Locale.ROOT, "%,d rows", source.estimatedRows())
        + (source.estimatedBytes() < MEGABYTE
            ? "; "
            : String.format(Locale.ROOT, ", %,d MB; ", source.estimatedBytes() / MEGABYTE))
        + key
        + (target.existing() ? "; the target has this table, which stays as it is" : "");
  }

  private Line line(ColumnMapping column) {
    SourceColumn source = mapping.sourceOf(column).orElseThrow();
    boolean open = !types || target.existing() || depends.test(mapping.source(), source);
    boolean renamed = !column.name().equals(source.name());
    String from = YamlText.scalar(source.name());
    String type = column.conversion().equals(Conversion.ENUM) ? "enum" : column.type().ddl();
    String said =
        open
            ? from
            : "{"
                + (renamed ? "from: " + from + ", " : "")
                + "type: "
                + YamlText.scalar(type)
                + "}";
    List<String> comment = new ArrayList<>(List.of(declared(source)));
    if (open) {
      comment.add("becomes " + type);
    }
    source.type().why(column.type()).ifPresent(comment::add);
    if (renamed) {
      comment.add(renamed(source.name(), column.name()));
    }
    if (column.generated() != null) {
      comment.add("the target generates it: " + shortened(column.generated()));
    }
    comment.addAll(
        notes.of(
            source,
            List.of(
                source.type().words() + " becomes " + column.type(),
                "is called " + column.name())));
    comment.addAll(odd(column, source));
    return new Line(YamlText.scalar(column.name()) + ":", said, String.join("; ", comment));
  }

  private static String renamed(String source, String target) {
    if (target.equals(source.toLowerCase(Locale.ROOT))) {
      return "in lower case";
    }
    return source.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
        ? "PostgreSQL's names are shorter"
        : "PostgreSQL has a column of that name in every table";
  }

  private static String declared(SourceColumn source) {
    return source.type().words()
        + (source.nullable() ? "" : " NOT NULL")
        + (source.autoIncrement() ? " AUTO_INCREMENT" : "")
        + (source.generated() == null ? "" : source.virtual() ? " VIRTUAL" : " STORED");
  }

  private static String shortened(String expression) {
    return expression.codePointCount(0, expression.length()) <= LONGEST_EXPRESSION
        ? expression
        : expression.substring(0, expression.offsetByCodePoints(0, LONGEST_EXPRESSION)) + " …";
  }

  /** What rules do: those that are set, what was counted, and where a default differs by column. */
  private List<String> odd(ColumnMapping column, SourceColumn source) {
    List<String> found = new ArrayList<>();
    if (!column.rules().policies().isEmpty()) {
      found.add("rules " + column.rules().written());
    }
    counts.stream()
        .filter(count -> count.column().equals(source.name()))
        .forEach(
            count ->
                found.add(
                    String.format(
                        Locale.ROOT,
                        "%,d × %s: %s",
                        count.rows(),
                        count.odd().words(),
                        count.policy().written())));
    boolean zero =
        RuleScope.of(source, column.type(), column.conversion(), false).contains(OddValue.ZERO_DATE)
            && column.rules().policy(OddValue.ZERO_DATE).isEmpty()
            && counts.stream().noneMatch(c -> c.column().equals(source.name()));
    if (zero) {
      boolean becomesNull =
          column.rules().effective(OddValue.ZERO_DATE, column.nullable()).outcome() == Outcome.NULL;
      found.add(becomesNull ? "a zero date becomes NULL" : "a row with a zero date is rejected");
    }
    return found;
  }
}
