package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Followed;
import dev.landfall.transforms.compute.NewKey;
import dev.landfall.transforms.model.Duplicates;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceForeignKey;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what the rows of one source table's targets are told apart by, and what refers to them. */
final class KeyResolver {
  private final SourceTable table;
  private final MadeResolver made;
  private final Surrogates surrogates;
  private final Mistakes mistakes;
  private final List<SourceColumn> key;

  KeyResolver(SourceTable table, ColumnResolver columns, Resolving resolving) {
    this.table = table;
    this.made = new MadeResolver(table, columns, resolving);
    this.surrogates = resolving.surrogates();
    this.mistakes = resolving.mistakes();
    this.key = table.key().stream().map(name -> table.column(name).orElseThrow()).toList();
  }

  /**
   * The columns that tell a target's rows apart: those that the spec names, else what the source's
   * key became: the one column that is made of it, or one for each of its columns. Notes the
   * mistake where there are none.
   *
   * @param target null for a table that the spec does not mention
   */
  List<String> of(@Nullable TargetRule target, List<TargetColumn> found) {
    if (target != null && !target.key().isEmpty()) {
      return named(target, found);
    }
    // Rows that become one because what they refer to did: which counts is said.
    Predicate<TargetColumn> ofKey =
        target != null && target.duplicates() != null
            ? column -> tellsApart(column) || isFollowed(column)
            : KeyResolver::tellsApart;
    Optional<TargetColumn> whole =
        found.stream()
            .filter(ofKey)
            .filter(column -> !key.isEmpty() && column.sources().equals(key))
            .findFirst();
    if (whole.isPresent()) {
      return List.of(whole.get().name());
    }
    List<String> names = new ArrayList<>();
    for (SourceColumn column : key) {
      Optional<TargetColumn> carried =
          found.stream().filter(c -> c.source().filter(column::equals).isPresent()).findFirst();
      carried
          .or(
              () ->
                  found.stream()
                      .filter(ofKey)
                      .filter(c -> c.sources().equals(List.of(column)))
                      .findFirst())
          .ifPresentOrElse(c -> names.add(c.name()), () -> lacks(target, found, column));
    }
    return names;
  }

  private void lacks(@Nullable TargetRule target, List<TargetColumn> found, SourceColumn column) {
    Optional<TargetColumn> followed =
        found.stream()
            .filter(KeyResolver::isFollowed)
            .filter(c -> c.sources().contains(column))
            .findFirst();
    if (followed.isPresent()) {
      mistakes.add(
          target == null ? Location.of(table.name().toString()) : target.name().at(),
          "\""
              + column.name()
              + "\" belongs to the key of "
              + table.name()
              + " and refers to rows several of which become one, so several rows may get one key."
              + " Say in a mapping of the table which of them counts, `duplicates: {keep: first}`,"
              + " or with `key` what else tells them apart.");
    } else if (target != null) {
      lacks(target, column);
    }
  }

  private void lacks(TargetRule target, SourceColumn column) {
    mistakes.add(
        target.name().at(),
        "target table "
            + target.name().value()
            + " lacks the key of "
            + table.name()
            + ": no column is made from \""
            + column.name()
            + "\". Without it a row can't be found again; "
            + (target.others() ? "do not omit it" : "list it, under its own name or another")
            + ", or say with `key` which columns tell the rows apart.");
  }

  private List<String> named(TargetRule target, List<TargetColumn> found) {
    List<String> names = new ArrayList<>();
    for (Located<String> name : target.key()) {
      Optional<TargetColumn> column =
          found.stream().filter(c -> c.name().equals(name.value())).findFirst();
      if (column.isEmpty()) {
        mistakes.addUnknown(
            name.at(),
            "target table " + target.name().value() + " has no column \"" + name.value() + "\"",
            name.value(),
            found.stream().map(TargetColumn::name).toList());
      } else if (column.get().nullable()) {
        mistakes.add(
            name.at(),
            "column "
                + name.value()
                + " can be NULL, so it can't belong to the key. Give it an `ifNull`, or `nullable:"
                + " false` to reject rows where it is NULL.");
      } else {
        names.add(name.value());
      }
    }
    return names;
  }

  private static boolean isNewKey(TargetColumn column) {
    TargetColumn.Made how = column.made();
    return how != null && how.formula() instanceof NewKey;
  }

  /** Whether it tells rows apart: not one that was led on to the row of another. */
  private static boolean tellsApart(TargetColumn column) {
    return isNewKey(column) && !isFollowed(column);
  }

  private static boolean isFollowed(TargetColumn column) {
    TargetColumn.Made how = column.made();
    return how != null && how.operators().stream().anyMatch(o -> o instanceof Followed);
  }

  /** A column that refers to a row whose key is made anew; empty for another one. */
  Optional<TargetColumn> referring(SourceColumn column, String name, Location at) {
    return table.foreignKeys().stream()
        .filter(foreign -> foreign.columns().size() == 1)
        .filter(foreign -> foreign.columns().get(0).equalsIgnoreCase(column.name()))
        .flatMap(foreign -> surrogates.of(foreign).stream())
        .findFirst()
        .flatMap(reference -> made.referring(name, List.of(column), reference, at));
  }

  /** The same of a column that the spec mentions and says no type of. */
  Optional<TargetColumn> referring(ColumnRule rule, String name) {
    return rule instanceof ColumnRule.Read read
            && read.type() == null
            && read.ifNull() == null
            && read.nullable() == null
        ? table
            .column(read.from().value())
            .flatMap(column -> referring(column, name, read.from().at()))
        : Optional.empty();
  }

  /** The columns, those that refer to rows of other targets led on to the rows that are there. */
  List<TargetColumn> followed(TableName target, List<TargetColumn> found) {
    return found.stream()
        .map(
            column -> {
              TargetColumn.Made how = column.made();
              return how != null && how.formula() instanceof NewKey
                  ? surrogates
                      .winners(how.formula())
                      .filter(winners -> !winners.target().equals(target.toString()))
                      .map(winners -> column.with(new Followed(winners)))
                      .orElse(column)
                  : column;
            })
        .toList();
  }

  /** What becomes of rows that are one to a target; null where no two are. */
  @Nullable Duplicates duplicates(
      TableName name, TargetRule target, List<TargetColumn> found, List<String> targetKey) {
    DuplicatesRule rule = target.duplicates();
    if (rule == null) {
      return null;
    }
    if (key.isEmpty()) {
      mistakes.add(
          rule.at(),
          "table "
              + table.name()
              + " has no key, so a row that does not count can't be told from the others.");
    }
    List<String> by = rule.by().isEmpty() ? targetKey : named(rule.by(), target, found);
    Located<String> decides = rule.column();
    if (decides != null) {
      named(List.of(decides), target, found);
    }
    return by.isEmpty()
        ? null
        : new Duplicates(
            by, rule.keep(), decides == null ? null : decides.value(), surrogates.winners(name));
  }

  private List<String> named(
      List<Located<String>> wanted, TargetRule target, List<TargetColumn> found) {
    List<String> names = found.stream().map(TargetColumn::name).toList();
    for (Located<String> name : wanted) {
      if (!names.contains(name.value())) {
        mistakes.addUnknown(
            name.at(),
            "target table " + target.name().value() + " has no column \"" + name.value() + "\"",
            name.value(),
            names);
      }
    }
    return wanted.stream().map(Located::value).filter(names::contains).toList();
  }

  /**
   * Columns for foreign keys of several columns that refer to keys made anew, where the target has
   * none yet. They are called like the foreign key.
   */
  List<TargetColumn> composite(List<TargetColumn> found, Location at) {
    List<TargetColumn> more = new ArrayList<>();
    for (SourceForeignKey foreign : table.foreignKeys()) {
      if (foreign.columns().size() > 1) {
        List<SourceColumn> refers =
            foreign.columns().stream().flatMap(name -> table.column(name).stream()).toList();
        surrogates
            .of(foreign)
            .filter(
                reference ->
                    reference.key() != null
                        && found.stream().noneMatch(c -> isNewKey(c) && c.sources().equals(refers)))
            .flatMap(reference -> made.referring(foreign.name(), refers, reference, at))
            .ifPresent(more::add);
      }
    }
    return more;
  }
}
