package dev.landfall.pipelines.proof;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.ledger.SelfTestLedger;
import dev.landfall.transforms.ledger.Step;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.sql.SelfTestSql;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves that the comparison finds what it has to find, on the rows and types of this migration:
 * copies some rows of each table into a scratch schema, seeds faults there, and compares the copy
 * with the rows as they were read. No table of the user's is written to.
 */
public final class SelfTest {
  private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

  /** PostgreSQL manual, appendix A: insufficient_privilege. */
  private static final String NO_PRIVILEGE = "42501";

  private final ConnectionSettings source;
  private final MigrationKey migration;
  private final Mapping mapping;
  private final StopSignal stop;
  private final UnaryOperator<Rows> sight;

  /** A self-test of the tables of that mapping. */
  public SelfTest(
      ConnectionSettings source, MigrationKey migration, Mapping mapping, StopSignal stop) {
    this(source, migration, mapping, stop, UnaryOperator.identity());
  }

  /**
   * @param sight what the comparison sees of rows, for one that is blind on purpose
   */
  SelfTest(
      ConnectionSettings source,
      MigrationKey migration,
      Mapping mapping,
      StopSignal stop,
      UnaryOperator<Rows> sight) {
    this.source = source;
    this.migration = migration;
    this.mapping = mapping;
    this.stop = stop;
    this.sight = sight;
  }

  /**
   * Proves it, and writes the outcome into the ledger.
   *
   * @param wanted which target tables to take
   * @throws MigrationException of kind STOPPED when the stop signal was given, FAILED when the user
   *     may not make a schema
   */
  public SelfTestReport run(Predicate<TableName> wanted) throws SQLException {
    List<SelfTestReport.Table> tables = new ArrayList<>();
    List<SelfTestReport.Case> cases = new ArrayList<>();
    List<SelfTestReport.Unexpected> unexpected = new ArrayList<>();
    List<SelfTestReport.NotSeeded> notSeeded = new ArrayList<>();
    long all =
        mapping.tables().stream()
            .flatMap(table -> table.targets().stream())
            .filter(target -> wanted.test(target.name()))
            .count();
    Step step = Step.begin(migration, Step.Kind.SELF_TEST, all, 0);
    try (Connection from = Pools.of(source, Pools.Use.GENERAL).getConnection();
        Connection to = Pools.of(migration.target(), Pools.Use.GENERAL).getConnection()) {
      for (TableMapping table : mapping.tables()) {
        for (int target = 0; target < table.targets().size(); target++) {
          TableName name = table.targets().get(target).name();
          if (wanted.test(name)) {
            requireGoing();
            LOG.info("self-test of {}", name);
            SelfTestReport one = run(table, target, from, to);
            tables.addAll(one.tables());
            cases.addAll(one.cases());
            unexpected.addAll(one.unexpected());
            notSeeded.addAll(one.notSeeded());
            step.add(1, 0, 0);
          }
        }
      }
    }
    SelfTestReport report = new SelfTestReport(tables, cases, unexpected, notSeeded);
    record(report);
    return report;
  }

  private SelfTestReport run(TableMapping table, int target, Connection from, Connection to)
      throws SQLException {
    try {
      return new TableProof(table, target, sight)
          .run(from, to, SelfTestSql.schemaOf(migration.run()));
    } catch (SQLException e) {
      if (NO_PRIVILEGE.equals(e.getSQLState())) {
        String user = to.getMetaData().getUserName();
        throw new MigrationException(
            MigrationException.Kind.FAILED,
            "The self-test needs a scratch schema in the target, and user "
                + user
                + " may not make one, or not read "
                + table.targets().get(target).name()
                + " ("
                + String.valueOf(e.getMessage()).strip()
                + "). Grant it, for as long as the self-test takes, with: "
                + SelfTestSql.grant(to.getCatalog(), user)
                + "; then run it again. Nothing was changed.",
            e);
      }
      throw e;
    }
  }

  private void record(SelfTestReport report) throws SQLException {
    RunTransaction.require(
        migration,
        connection -> {
          SelfTestLedger ledger = new SelfTestLedger(connection, migration);
          ledger.begin();
          for (SelfTestReport.Case one : report.cases()) {
            ledger.add(
                one.table(),
                one.columns(),
                one.type(),
                one.fault(),
                one.expected(),
                one.found(),
                one.passed());
          }
          for (SelfTestReport.Unexpected one : report.unexpected()) {
            ledger.add(
                one.table(),
                List.of(),
                null,
                "none",
                SelfTestReport.NOTHING,
                one.difference(),
                false);
          }
          ledger.end();
        });
  }

  private void requireGoing() {
    if (stop.stopRequested()) {
      throw new MigrationException(
          MigrationException.Kind.STOPPED,
          "The self-test was stopped before it was done, so nothing is proved. Run landfall verify"
              + " --self-test again.");
    }
  }
}
