package dev.landfall.transforms.catalog;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.sql.TargetCatalogSql;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.types.TypeText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out which types a target does not have, before a table is to be made with them. */
public final class TypeCheck {
  /** Class 42: no such type. Class 22: a number in parentheses that the type does not take. */
  private static final String NO_SUCH_TYPE = "42";

  private static final String BAD_NUMBER = "22";

  private TypeCheck() {}

  /**
   * Why no column of the target can have some of the types, by their {@link PgType#ddl}. Not looked
   * at are texts that are no type at all, {@code enum}, which stands for types that are yet to be
   * made, and {@code citext}, which may be.
   *
   * @param texts types as a user writes them
   * @throws SQLException when the target can't be asked
   */
  public static Map<String, String> unknown(Connection connection, Collection<String> texts)
      throws SQLException {
    Map<String, String> unknown = new HashMap<>();
    for (String text : texts) {
      Optional<TypeText> type = parsed(text);
      if (type.isPresent() && !type.get().name().matches("enum|citext")) {
        String ddl = type.get().ddl();
        why(connection, ddl).ifPresent(why -> unknown.put(ddl, why));
      }
    }
    return unknown;
  }

  private static Optional<TypeText> parsed(String text) {
    try {
      return Optional.of(TypeText.parse(text));
    } catch (MigrationException e) {
      // It is a mistake of the spec, and told where it stands there.
      return Optional.empty();
    }
  }

  private static Optional<String> why(Connection connection, String ddl) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TargetCatalogSql.isPseudoType(ddl))) {
      return row.next() && row.getBoolean(1)
          ? Optional.of("it is a pseudo-type, which no column can have")
          : Optional.empty();
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith(NO_SUCH_TYPE) || state.startsWith(BAD_NUMBER)) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return Optional.of(said.replaceFirst("^[^:]*: ", ""));
      }
      if (state.startsWith("23")) {
        // A domain that takes no NULL.
        return Optional.empty();
      }
      throw e;
    }
  }
}
