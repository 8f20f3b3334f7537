package dev.landfall.transforms.jdbc;

import com.mysql.cj.conf.PropertyDefinition;
import com.mysql.cj.conf.PropertyDefinitions;
import com.mysql.cj.conf.PropertyKey;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/** Which connection parameters the drivers know. They pass over all others without a word. */
public final class DriverParameterNames {
  /** Connector/J's password1 to password3, keystores' passwords, pgjdbc's sslpassword. */
  private static final Pattern SECRET = Pattern.compile("(?i).*password[0-9]*");

  private DriverParameterNames() {}

  /** Whether the name says that the value is a secret; its case does not matter. */
  public static boolean isSecret(String name) {
    return SECRET.matcher(name).matches();
  }

  /** The values that the driver takes for a parameter that it knows; empty where it takes any. */
  public static List<String> choices(Product product, String name) {
    String[] choices =
        switch (product) {
          case MYSQL -> {
            PropertyKey key = PropertyKey.fromValue(name);
            PropertyDefinition<?> definition =
                key == null ? null : PropertyDefinitions.getPropertyDefinition(key);
            yield definition == null ? null : definition.getAllowableValues();
          }
          case POSTGRESQL -> {
            PGProperty property = PGProperty.forName(name);
            yield property == null ? null : property.getChoices();
          }
        };
    return choices == null ? List.of() : List.of(choices);
  }

  /** Every name that the product's driver knows; asking for one disregards its case. */
  public static Set<String> of(Product product) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    switch (product) {
      case MYSQL ->
          Arrays.stream(PropertyKey.values())
              .flatMap(key -> Stream.of(key.getKeyName(), key.getCcAlias()))
              .filter(Objects::nonNull)
              .forEach(names::add);
      case POSTGRESQL ->
          Arrays.stream(PGProperty.values()).map(PGProperty::getName).forEach(names::add);
    }
    return names;
  }
}
