package dev.landfall.pipelines.mapping;

import dev.landfall.transforms.compute.KeyMap;
import dev.landfall.transforms.compute.KeyNumber;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.model.ValueSource.Computed;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Numbers in the place of those that a load gives and keeps: to look at rows gives none away. */
final class ShownNumbers implements KeyMap {
  private static final long serialVersionUID = 1L;

  private final String of;
  private final HashMap<String, String> given = new HashMap<>();

  private ShownNumbers(String of) {
    this.of = of;
  }

  @Override
  public String of() {
    return of;
  }

  @Override
  public Map<String, String> numbers(Collection<String> keys) {
    Map<String, String> numbers = new HashMap<>();
    for (String key : keys) {
      numbers.put(key, given.computeIfAbsent(key, missing -> Integer.toString(given.size() + 1)));
    }
    return numbers;
  }

  /** The mapping with such numbers, from 1. */
  static TableMapping in(TableMapping table) {
    Map<String, ShownNumbers> maps = new HashMap<>();
    return table.withTargets(
        table.targets().stream()
            .map(t -> t.withColumns(t.columns().stream().map(c -> in(c, maps)).toList()))
            .toList());
  }

  private static ColumnMapping in(ColumnMapping column, Map<String, ShownNumbers> maps) {
    if (column.source() instanceof Computed computed
        && computed.formula() instanceof KeyNumber number) {
      KeyMap map = maps.computeIfAbsent(number.map().of(), ShownNumbers::new);
      ValueSource shown = new Computed(computed.inputs(), new KeyNumber(map), computed.operators());
      return new ColumnMapping(
          column.name(),
          column.type(),
          column.nullable(),
          shown,
          column.conversion(),
          column.nullDefault(),
          column.rules(),
          column.generated(),
          column.equality());
    }
    return column;
  }
}
