package dev.landfall.pipelines.check;

import dev.landfall.transforms.check.CheckResult;
import dev.landfall.transforms.compute.Copied;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.UnfitException;
import dev.landfall.transforms.compute.ValueMap;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource.Computed;
import dev.landfall.transforms.types.MySqlEnum;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map of an enum's members has all of them: the catalogue knows which there are. */
final class MapMembers implements Check<Mapped> {
  @Override
  public List<CheckResult> look(Mapped at) {
    return at.each(this, MapMembers::look);
  }

  private static void look(TableMapping table, TargetTable target, Mapped.Found found) {
    for (ColumnMapping column : target.columns()) {
      if (column.source() instanceof Computed computed && computed.formula() instanceof Copied) {
        table
            .replaced(column)
            .filter(source -> source.type() instanceof MySqlEnum)
            .ifPresent(source -> members(source.type().members(), computed, target, column, found));
      }
    }
  }

  private static void members(
      List<String> members,
      Computed computed,
      TargetTable target,
      ColumnMapping column,
      Mapped.Found found) {
    List<Operator> before = new ArrayList<>();
    for (Operator operator : computed.operators()) {
      if (operator instanceof ValueMap map) {
        Set<String> come = new LinkedHashSet<>();
        List<String> lacking = new ArrayList<>();
        for (String member : members) {
          String value = made(member, before);
          if (value != null) {
            come.add(value);
            if (!map.has(value)) {
              lacking.add(member);
            }
          }
        }
        if (!lacking.isEmpty() && map.refuses()) {
          found.error(
              "COLUMN",
              target.name(),
              column.name(),
              "the map lacks members of the enum, and rows with one would be rejected: "
                  + String.join(", ", lacking),
              "put them into the map, or say with `else` what becomes of others");
        }
        List<String> idle =
            map.keys().stream()
                .filter(Objects::nonNull)
                .filter(key -> !come.contains(key))
                .toList();
        if (!idle.isEmpty()) {
          found.warning(
              "COLUMN",
              target.name(),
              column.name(),
              "the map has what no member of the enum gives: " + String.join(", ", idle),
              "correct it, or take it out");
        }
        return;
      }
      before.add(operator);
    }
  }

  /** What comes to the map; null for a member that does not come so far. */
  private static @Nullable String made(String member, List<Operator> before) {
    String value = member;
    try {
      for (Operator operator : before) {
        value = operator.apply(value);
      }
    } catch (UnfitException e) {
      return null;
    }
    return value;
  }
}
