package dev.landfall.transforms.compute;

import dev.landfall.transforms.types.PgType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number of a key, by a map that is kept. NULL where one of the columns is NULL.
 *
 * @param map of the keys
 */
public record KeyNumber(KeyMap map) implements NewKey {
  private static final PgType TYPE = PgType.parse("bigint");

  @Override
  public PgType type() {
    return TYPE;
  }

  @Override
  public String words(List<String> inputs) {
    return "number of " + map.of() + ":" + String.join(":", inputs);
  }

  @Override
  public Maker maker() {
    return new Numbers(map);
  }

  /** Asks for the numbers of many keys at once. */
  private static final class Numbers implements Maker {
    private final KeyMap map;
    private Map<String, String> known = Map.of();

    Numbers(KeyMap map) {
      this.map = map;
    }

    @Override
    public boolean prepares() {
      return true;
    }

    @Override
    public void prepare(List<@Nullable String[]> inputs) {
      Set<String> keys = new HashSet<>();
      for (@Nullable String[] input : inputs) {
        String key = KeyNames.of(input);
        if (key != null) {
          keys.add(key);
        }
      }
      known = keys.isEmpty() ? Map.of() : map.numbers(keys);
    }

    @Override
    public @Nullable String make(@Nullable String[] inputs) {
      String key = KeyNames.of(inputs);
      if (key == null) {
        return null;
      }
      String number = known.get(key);
      return number == null ? Objects.requireNonNull(map.numbers(Set.of(key)).get(key)) : number;
    }
  }
}
