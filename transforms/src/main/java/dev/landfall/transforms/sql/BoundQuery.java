package dev.landfall.transforms.sql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * An SQL text and the values of its parameters, in order.
 *
 * @param sql with a {@code ?} for each parameter
 * @param parameters {@link BigDecimal}, {@link Long}, {@link String} or {@code byte[]}
 */
public record BoundQuery(String sql, List<Object> parameters) {
  public BoundQuery {
    parameters = List.copyOf(parameters);
  }

  /** Binds the parameters. */
  public void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      Object value = parameters.get(i);
      if (value instanceof BigDecimal number) {
        statement.setBigDecimal(i + 1, number);
      } else if (value instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (value instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setString(i + 1, (String) value);
      }
    }
  }
}
