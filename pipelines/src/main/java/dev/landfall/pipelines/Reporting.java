package dev.landfall.pipelines;

import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.report.ReportReader;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.sql.ReportSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Makes a report: the ledger's part must be there, the source's may be missing. */
final class Reporting {
  private final Spec spec;

  Reporting(Spec spec) {
    this.spec = spec;
  }

  Report run() {
    requireBegun();
    Report.Server source = source();
    Report.Objects objects = objects(source.unreachable());
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return ReportReader.read(connection, spec.name(), source, target.display(), objects)
          .orElseThrow(this::neverBegun);
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  /** Before the source is asked for anything: that can take long when it is gone. */
  private void requireBegun() {
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      if (new MigrationLedger(connection, spec.name()).fixed().isEmpty()) {
        throw neverBegun();
      }
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  private MigrationException neverBegun() {
    return new MigrationException(
        Kind.USAGE,
        "There is nothing to report: migration \""
            + spec.name()
            + "\" was never begun in "
            + spec.target().connection().display()
            + ". Run landfall migrate first, or name the spec of the migration that you mean.");
  }

  private Report.Server source() {
    ConnectionSettings source = spec.source().connection();
    try (Connection connection = Reachability.open(Side.SOURCE, source);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ReportSql.SOURCE_VERSION)) {
      row.next();
      return new Report.Server(source.display(), row.getString(1), null);
    } catch (MigrationException e) {
      return new Report.Server(source.display(), null, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return new Report.Server(source.display(), null, Reachability.reason(e));
    }
  }

  /**
   * What becomes of the source's objects, by its catalogue as it is now. One that changed after the
   * move is no reason to have no report.
   */
  private Report.Objects objects(@Nullable String unreachable) {
    if (unreachable != null) {
      return new Report.Objects(null, unreachable);
    }
    try {
      return new Report.Objects(Preparation.prepare(spec).ddl().objects(), null);
    } catch (MigrationException e) {
      return new Report.Objects(null, String.valueOf(e.getMessage()));
    }
  }
}
