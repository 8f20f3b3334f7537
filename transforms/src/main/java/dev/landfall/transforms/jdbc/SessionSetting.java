package dev.landfall.transforms.jdbc;

/**
 * A session variable that decides what a statement returns, or whether it ends. Servers, databases,
 * roles and {@code init_connect} may set each of them to anything.
 *
 * @param name as the server calls it
 * @param value to set, as SQL for MySQL, as text for PostgreSQL
 * @param shown what the server says of it then
 */
record SessionSetting(String name, String value, String shown) {
  /** One that is shown as it was set. */
  static SessionSetting of(String name, String value) {
    return new SessionSetting(name, value, value);
  }

  /** One whose value is a text in SQL. */
  static SessionSetting text(String name, String value) {
    return new SessionSetting(name, "'" + value + "'", value);
  }
}
