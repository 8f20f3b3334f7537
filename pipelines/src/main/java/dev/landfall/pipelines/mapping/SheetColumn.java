package dev.landfall.pipelines.mapping;

import dev.landfall.pipelines.mapping.Sheet.Back;
import dev.landfall.pipelines.mapping.Sheet.From;
import dev.landfall.pipelines.mapping.Sheet.Odd;
import dev.landfall.transforms.choose.RuleScope;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.Undo;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.model.ValueSource.Computed;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One column of a target on the sheet: its origin, its rule and whether it can go back. */
final class SheetColumn {
  private final TableMapping table;
  private final ColumnMapping column;
  private final List<Odd> odd;

  SheetColumn(TableMapping table, ColumnMapping column) {
    this.table = table;
    this.column = column;
    List<ColumnMapping> moved =
        column.source() instanceof Computed computed ? computed.inputs() : List.of(column);
    this.odd = moved.stream().flatMap(this::odd).toList();
  }

  Sheet.Column column() {
    List<String> losses = losses();
    Back back = back(losses);
    return new Sheet.Column(
        column.name(),
        column.type().toString(),
        column.nullable(),
        sources().map(s -> new From(s.name(), s.columnType(), s.nullable())).toList(),
        rule(),
        odd,
        policy(),
        back,
        note(back, losses));
  }

  private Stream<SourceColumn> sources() {
    return column.source().positions().stream().map(table.read()::get);
  }

  private String rule() {
    List<String> parts = new ArrayList<>();
    String instead = column.nullDefault();
    if (column.source() instanceof ValueSource.Constant constant) {
      parts.add(
          constant.text() == null
              ? "NULL in every row"
              : quoted(constant.text()) + " in every row");
    } else if (column.source() instanceof Computed computed) {
      parts.add(computed.words(table.read()));
      if (!computed.type().equals(column.type())) {
        parts.add("as " + column.type());
      }
    } else {
      table.sourceOf(column).ifPresent(source -> plain(source, parts));
    }
    if (instead != null) {
      parts.add("NULL becomes " + quoted(instead));
    }
    if (column.generated() != null) {
      parts.add("the target computes it: " + column.generated());
    }
    return parts.isEmpty() ? Sheet.AS_IT_IS : String.join("; ", parts);
  }

  private void plain(SourceColumn source, List<String> parts) {
    if (!source.name().equals(column.name())) {
      parts.add("renamed");
    }
    if (column.takesStoredBytes()) {
      parts.add("the bytes that the source stores");
    } else if (!column.conversion().passes()) {
      parts.add(column.conversion().words().replace("`", ""));
    } else if (!source.type().alike(column.type())) {
      parts.add(source.type().words() + " as " + column.type());
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private Stream<Odd> odd(ColumnMapping moved) {
    Optional<SourceColumn> source = table.sourceOf(moved);
    if (source.isEmpty()) {
      return Stream.empty();
    }
    boolean ranged = moved.rules().policy(OddValue.OUT_OF_RANGE).isPresent();
    Set<OddValue> kinds = RuleScope.of(source.get(), moved.type(), moved.conversion(), ranged);
    boolean nullable = moved.nullable() || moved.nullDefault() != null;
    return Stream.of(OddValue.values())
        .filter(kinds::contains)
        .map(
            kind ->
                new Odd(
                    source.get().name(),
                    kind,
                    moved.rules().effective(kind, nullable),
                    moved.rules().policy(kind).isPresent()));
  }

  private String policy() {
    return column.source() instanceof Computed computed
        ? Stream.concat(
                Stream.of(computed.formula().policy()),
                computed.operators().stream().map(Operator::policy))
            .filter(policy -> !policy.isEmpty())
            .collect(Collectors.joining("; "))
        : "";
  }

  private Back back(List<String> losses) {
    if (column.source() instanceof ValueSource.Constant) {
      return Back.NOTHING;
    }
    if (column.source() instanceof Computed computed && computed.undo() == Undo.NONE) {
      return Back.NO;
    }
    if (sources().allMatch(source -> source.generated() != null)) {
      return Back.NOTHING;
    }
    return losses.isEmpty() ? Back.YES : Back.PARTLY;
  }

  private String note(Back back, List<String> losses) {
    return switch (back) {
      case YES -> "";
      case PARTLY -> String.join("; ", losses);
      case NO -> blamed() + " can't be undone";
      case NOTHING ->
          column.source() instanceof ValueSource.Constant
              ? "a constant"
              : "the source computes it itself";
    };
  }

  /** The first step that can't be undone. */
  private String blamed() {
    Computed computed = (Computed) column.source();
    return computed.formula().undo() == Undo.NONE
        ? computed.formula().words(sources().map(SourceColumn::name).toList())
        : computed.operators().stream()
            .filter(operator -> operator.undo() == Undo.NONE)
            .findFirst()
            .map(Operator::written)
            .orElse("a step");
  }

  /** Values that are not told apart any more, though the rest of them is. */
  private List<String> losses() {
    List<String> losses = new ArrayList<>();
    if (column.nullDefault() != null && mayBeNull()) {
      losses.add("NULL and " + quoted(column.nullDefault()) + " become one");
    }
    odd.stream()
        .filter(Odd::changes)
        .map(o -> o.kind().words() + " is changed")
        .forEach(losses::add);
    if (column.source() instanceof Computed computed) {
      reshaped(computed.type()).ifPresent(losses::add);
    }
    return losses;
  }

  private boolean mayBeNull() {
    return column.source() instanceof Computed computed
        ? computed.nullable()
        : sources().anyMatch(SourceColumn::nullable);
  }

  /** A text that is read as something else has its value there, and not its spelling. */
  private Optional<String> reshaped(PgType made) {
    return !(made instanceof PgText) || column.type() instanceof PgText
        ? Optional.empty()
        : Optional.of("as a value of " + column.type() + ", not as it was written");
  }
}
