package dev.landfall.transforms.types;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All types of MySQL and MariaDB that Landfall knows. */
public final class MySqlTypes {
  private static final List<Name> ALL =
      Stream.of(
              MySqlInteger.NAMES,
              MySqlDecimal.NAMES,
              MySqlFloat.NAMES,
              MySqlText.NAMES,
              MySqlEnum.NAMES,
              MySqlSet.NAMES,
              MySqlJson.NAMES,
              MySqlDate.NAMES,
              MySqlDatetime.NAMES,
              MySqlTime.NAMES,
              MySqlYear.NAMES,
              MySqlBit.NAMES,
              MySqlBinary.NAMES,
              MySqlUuid.NAMES,
              MySqlInet.NAMES,
              MySqlVector.NAMES,
              MySqlGeometry.NAMES)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Name> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Name::name, name -> name));

  private static final Map<String, String> ALIASES =
      ALL.stream()
          .flatMap(name -> name.aliases().stream().map(alias -> Map.entry(alias, name.name())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private MySqlTypes() {}

  /**
   * One name of a type.
   *
   * @param name as {@code information_schema} prints it
   * @param aliases what else the servers take for it (MySQL manual 11.1.1 and 11.9)
   */
  record Name(String name, List<String> aliases, Function<Declaration, MySqlType> maker) {
    static Name of(String name, Function<Declaration, MySqlType> maker, String... aliases) {
      return new Name(name, List.of(aliases), maker);
    }

    static List<Name> all(Function<Declaration, MySqlType> maker, String... names) {
      return Stream.of(names).map(name -> of(name, maker)).toList();
    }
  }

  static MySqlType of(Declaration declared) {
    Name name = BY_NAME.get(name(declared.dataType()));
    return name == null ? new MySqlOther(declared) : name.maker().apply(declared);
  }

  /** The names of all types as {@code information_schema} prints them. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** The name that stands for all names of the type. */
  static String name(String written) {
    return ALIASES.getOrDefault(written, written);
  }
}
