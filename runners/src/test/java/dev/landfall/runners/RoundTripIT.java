package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.embedded.SharedServers;
import dev.landfall.runners.cli.ExitCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every type with its extremes through one migration, value by value; then the smallest change that
 * each type can express, all found by one verification, and nothing else.
 */
class RoundTripIT {
  @ParameterizedTest
  @EnumSource(SourceServer.class)
  void everyValueArrivesAndEveryChangeIsFound(SourceServer server) throws Exception {
    List<RoundTrip> trips =
        Stream.of(
                NumberTrips.all(),
                TimeTrips.all(),
                TextTrips.all(),
                SpatialTrips.all(),
                CharsetTrips.all())
            .flatMap(List::stream)
            .filter(trip -> trip.isOn(server))
            .toList();
    List<String> tables = RoundTrip.tables(trips);
    try (Pair pair = Pair.make(server.get(), SharedServers.postgres())) {
      fill(pair, server, trips, tables);
      String spec = pair.spec().toString();

      Cli.run("migrate", "-c", spec).exits(ExitCodes.DONE);
      assertThat(Verdicts.schema(pair.target())).isEmpty();

      List<String> expected = new ArrayList<>();
      List<String> updates = new ArrayList<>();
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < trips.size(); i++) {
        expected.addAll(trips.get(i).expected(tables.get(i), server));
        updates.addAll(trips.get(i).updates(tables.get(i), server));
        differences.addAll(trips.get(i).differences(tables.get(i), server));
      }
      List<String> arrived = arrived(pair, trips, tables);
      // Some thousand lines: only those that are wrong are worth showing.
      assertThat(arrived).hasSameSizeAs(expected);
      assertThat(without(arrived, expected)).as("arrived").isEmpty();
      assertThat(without(expected, arrived)).as("did not arrive").isEmpty();
      assertThat(Db.rows(pair.target(), "SELECT * FROM landfall.reject")).isEmpty();
      assertThat(Db.rows(pair.target(), "SELECT * FROM landfall.disposition")).isEmpty();

      Db.run(pair.target(), updates.toArray(String[]::new));
      Cli.run("verify", "-c", spec).exits(ExitCodes.DIFFERENCES);

      assertThat(differences).hasSizeGreaterThan(100);
      assertThat(Verdicts.differences(pair.target()))
          .containsExactlyInAnyOrderElementsOf(differences);
    }
  }

  private static List<String> without(List<String> lines, List<String> others) {
    Set<String> known = new HashSet<>(others);
    return lines.stream().filter(line -> !known.contains(line)).toList();
  }

  private static void fill(
      Pair pair, SourceServer server, List<RoundTrip> trips, List<String> tables)
      throws SQLException {
    try (Connection connection = pair.source().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES'");
      for (int i = 0; i < trips.size(); i++) {
        statement.execute(trips.get(i).create(tables.get(i)));
        statement.execute(trips.get(i).insert(tables.get(i), server));
      }
    }
  }

  private static List<String> arrived(Pair pair, List<RoundTrip> trips, List<String> tables)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = pair.target().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (int i = 0; i < trips.size(); i++) {
        String table = tables.get(i);
        try (var rows =
            statement.executeQuery(
                "SELECT format_type(atttypid, atttypmod), id,"
                    + " CASE WHEN v IS NOT NULL THEN format('%s', v) END FROM "
                    + table
                    + ", pg_attribute WHERE attrelid = '"
                    + table
                    + "'::regclass AND attname = 'v' ORDER BY id")) {
          while (rows.next()) {
            lines.add(
                trips.get(i).line(table, rows.getString(1), rows.getInt(2), rows.getString(3)));
          }
        }
      }
    }
    return lines;
  }
}
