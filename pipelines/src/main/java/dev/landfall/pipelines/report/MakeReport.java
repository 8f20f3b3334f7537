package dev.landfall.pipelines.report;

import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.sql.SourceSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say of a migration, from one view of the ledger. Of the source, which may be gone
 * by then, only its version and its objects are asked; the report says where that failed. Refused
 * with kind USAGE when the migration was never begun.
 */
public record MakeReport() implements Errand<Report> {
  @Override
  public Report perform(TaskRunner runner) {
    Spec spec = runner.look();
    requireBegun(spec);
    Report.Server source = source(spec.source().connection());
    Report.Objects objects = objects(spec, source.unreachable());
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return ReportReader.read(connection, spec.name(), source, target.display(), objects)
          .orElseThrow(() -> neverBegun(spec));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  /** Before the source is asked for anything: that can take long when it is gone. */
  private static void requireBegun(Spec spec) {
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      if (new MigrationLedger(connection, spec.name()).fixed().isEmpty()) {
        throw neverBegun(spec);
      }
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  private static MigrationException neverBegun(Spec spec) {
    return new MigrationException(
        Kind.USAGE,
        "There is nothing to report: migration \""
            + spec.name()
            + "\" was never begun in "
            + spec.target().connection().display()
            + ". Run landfall migrate first, or name the spec of the migration that you mean.");
  }

  private static Report.Server source(ConnectionSettings source) {
    try (Connection connection = Reachability.open(Side.SOURCE, source);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SourceSql.VERSION)) {
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
  private static Report.Objects objects(Spec spec, @Nullable String unreachable) {
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
