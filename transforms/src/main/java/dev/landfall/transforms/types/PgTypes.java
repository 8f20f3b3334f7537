package dev.landfall.transforms.types;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All types of PostgreSQL that Landfall knows. */
public final class PgTypes {
  private static final List<Name> ALL =
      Stream.of(
              PgBoolean.NAMES,
              PgInteger.NAMES,
              PgNumeric.NAMES,
              PgFloat.NAMES,
              PgText.NAMES,
              PgChar.NAMES,
              PgCitext.NAMES,
              PgBytea.NAMES,
              PgDate.NAMES,
              PgTime.NAMES,
              PgInterval.NAMES,
              PgTimestamp.NAMES,
              PgJson.NAMES,
              PgBit.NAMES,
              PgUuid.NAMES,
              PgInet.NAMES,
              PgVector.NAMES,
              PgGeometry.NAMES,
              PgEnum.NAMES,
              PgOther.NAMES)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Name> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Name::name, name -> name));

  private static final Map<String, String> ALIASES =
      ALL.stream()
          .flatMap(name -> name.aliases().stream().map(alias -> Map.entry(alias, name.name())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<Integer, BinaryValue> BINARY =
      ALL.stream()
          .flatMap(name -> name.binary().entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private PgTypes() {}

  /**
   * One name of a type.
   *
   * @param name the shortest that DDL takes
   * @param aliases what else PostgreSQL calls it (manual, table 8.1)
   * @param extension whether it is in an extension's schema, which its name may have before it
   * @param maker makes the type of a text with that name
   * @param arrays makes the type of an array of it
   * @param binary how COPY's binary format writes it, by its number in {@code pg_type}
   */
  record Name(
      String name,
      List<String> aliases,
      boolean extension,
      Function<TypeText, PgType> maker,
      Function<TypeText, PgType> arrays,
      Map<Integer, BinaryValue> binary) {
    static Name of(String name, Function<TypeText, PgType> maker) {
      return new Name(name, List.of(), false, maker, PgOther::new, Map.of());
    }

    Name or(String... others) {
      return new Name(name, List.of(others), extension, maker, arrays, binary);
    }

    Name ofExtension() {
      return new Name(name, aliases, true, maker, arrays, binary);
    }

    Name arrays(Function<TypeText, PgType> arrayMaker) {
      return new Name(name, aliases, extension, maker, arrayMaker, binary);
    }

    Name binary(int oid, BinaryValue value) {
      return new Name(name, aliases, extension, maker, arrays, Map.of(oid, value));
    }
  }

  static PgType of(TypeText text) {
    Name name = BY_NAME.get(text.base());
    if (name == null && text.base().contains(" ")) {
      // interval year to month
      name = BY_NAME.get(text.base().substring(0, text.base().indexOf(' ')));
    }
    if (name == null) {
      Name named = BY_NAME.get(text.name());
      name = named != null && named.extension() ? named : null;
    }
    return name == null
        ? new PgOther(text)
        : text.array() ? name.arrays().apply(text) : name.maker().apply(text);
  }

  /** The name that stands for all names of the type. */
  static String name(String written) {
    return ALIASES.getOrDefault(written, written);
  }

  /**
   * How COPY's binary format writes a type, by its number in {@code pg_type} (the {@code …recv}
   * functions of PostgreSQL's source, {@code src/backend/utils/adt}), for the usual form of a value
   * only. Whatever else is a value, or none, PostgreSQL has to say of the text.
   *
   * @return null for types that are not known
   */
  public static @Nullable BinaryValue binary(int oid) {
    return BINARY.get(oid);
  }
}
