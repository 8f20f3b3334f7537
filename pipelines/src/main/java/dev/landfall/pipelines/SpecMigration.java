package dev.landfall.pipelines;

import dev.landfall.pipelines.api.CheckResult;
import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.api.Migration;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.load.Backfill;
import dev.landfall.pipelines.load.WarmUp;
import dev.landfall.pipelines.preflight.Scope;
import dev.landfall.pipelines.prepare.BrokenRows;
import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.DefinitionSteps;
import dev.landfall.pipelines.prepare.Definitions;
import dev.landfall.pipelines.prepare.Look;
import dev.landfall.pipelines.prepare.OddValueLook;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.prepare.Reset;
import dev.landfall.pipelines.prepare.SameSource;
import dev.landfall.pipelines.repair.RefreshRuns;
import dev.landfall.pipelines.repair.Repair;
import dev.landfall.pipelines.repair.RepairLedger;
import dev.landfall.pipelines.repair.RepairRun;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.run.Cancellation;
import dev.landfall.pipelines.run.LedgerJournal;
import dev.landfall.pipelines.run.Outage;
import dev.landfall.pipelines.run.RunJobs;
import dev.landfall.pipelines.run.RunSession;
import dev.landfall.pipelines.run.Waves;
import dev.landfall.pipelines.selftest.SelfTest;
import dev.landfall.pipelines.spec.LoadSettings;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.verify.ChecksumPipeline;
import dev.landfall.pipelines.verify.Conditions;
import dev.landfall.pipelines.verify.CountedApart;
import dev.landfall.pipelines.verify.Meanwhile;
import dev.landfall.pipelines.verify.RunLog;
import dev.landfall.pipelines.verify.SourceWatch;
import dev.landfall.pipelines.verify.Verification;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.catalog.OddValueScan;
import dev.landfall.transforms.ddl.DdlScript;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.jdbc.Reachability;
import dev.landfall.transforms.jdbc.Reachability.Side;
import dev.landfall.transforms.ledger.MigrationLedger;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.partition.ChunkSize;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A migration as its spec describes it. */
public final class SpecMigration implements Migration {
  private static final Logger LOG = LoggerFactory.getLogger(SpecMigration.class);

  private final Spec spec;
  private final Spec look;
  private final PipelineLauncher launcher;
  private final Standing standing;
  private final SameSource source;
  private final Look beforehand;
  private final Pools.Lease lease = Pools.lease();
  private volatile boolean stopRequested;
  private volatile @Nullable RunSession running;
  private volatile Runnable begun = () -> {};
  private volatile @Nullable OddValueLook looking;

  private SpecMigration(Spec spec, PipelineLauncher launcher) {
    this.spec = spec.ofRuns();
    this.look = spec;
    this.launcher = launcher;
    this.standing = new Standing(spec.target().connection(), spec.name());
    this.source = new SameSource(spec);
    this.beforehand = new Look(spec, launcher, source, standing::now);
  }

  /** The migration of that spec; nothing is connected to yet. */
  public static Migration of(Spec spec, PipelineLauncher launcher) {
    return new SpecMigration(spec, launcher);
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public SchemaText schema(boolean scan) {
    Prepared prepared = Preparation.prepare(spec, Extent.LOOK, source);
    beforehand.requirements(prepared).preflight(Scope.PREVIEW);
    TargetDdl ddl = prepared.ddl();
    return new SchemaText(
        DdlScript.print("Before the load", ddl.pre()),
        DdlScript.print("After the load", ddl.post()),
        ddl.objects(),
        scan ? oddValues(prepared) : null,
        prepared.changes().told());
  }

  private List<OddCount> oddValues(Prepared prepared) {
    OddValueLook look =
        new OddValueLook(spec.source().connection(), OddValueScan.of(prepared.mapping()));
    looking = look;
    try {
      if (stopRequested) {
        look.stop();
      }
      return look.run();
    } finally {
      looking = null;
    }
  }

  @Override
  public void applySchema(boolean pre, boolean post) {
    run(
        "schema",
        (session, prepared) -> {
          Definitions definitions = definitions(session, prepared);
          if (pre) {
            definitions.applyPre();
          }
          if (post) {
            definitions.applyPost();
            session.afterLoad();
          }
        });
  }

  @Override
  public void migrate(boolean verify) {
    run(
        "migrate",
        (session, prepared) -> {
          Definitions definitions = definitions(session, prepared);
          Outage outage = outage(session);
          outage.ride(() -> session.phase(Snapshot.Phase.SCHEMA));
          outage.ride(definitions::applyPre);
          load(session, prepared, verify);
          outage.ride(() -> session.phase(Snapshot.Phase.INDEXES));
          outage.ride(definitions::applyPost);
          outage.ride(session::afterLoad);
          if (verify) {
            outage.ride(() -> session.phase(Snapshot.Phase.VERIFY));
            compare(session, prepared, VerifyRequest.defaults());
          }
        });
  }

  @Override
  public void onBegun(Runnable told) {
    begun = told;
  }

  @Override
  public void extend() {
    // The beginning of a run does it.
    run("extend", (session, prepared) -> {});
  }

  @Override
  public void backfill() {
    run(
        "backfill",
        (session, prepared) -> {
          load(session, prepared, /* compared= */ false);
        });
  }

  @Override
  public VerificationReport verify(VerifyRequest request) {
    VerificationReport[] report = new VerificationReport[1];
    run(
        "verify",
        (session, prepared) -> {
          report[0] = compare(session, prepared, request);
        });
    return report[0];
  }

  @Override
  public RepairReport repair(RepairRequest request) {
    RepairLedger ledger = new RepairLedger(spec.target().connection(), spec.name());
    RepairLedger.Verified verified = verified(ledger);
    if (verified.sliced()) {
      throw new MigrationException(
          Kind.USAGE,
          "The newest verification of migration \""
              + spec.name()
              + "\" looked at a slice of all rows, and a repair goes by all of them. Run \"landfall"
              + " verify\" without --slice first. Nothing was touched.");
    }
    boolean nothing = verified.differences().values().stream().allMatch(count -> count == 0);
    if (!request.execute() || nothing) {
      Prepared prepared = Preparation.prepare(spec);
      beforehand.requirements(prepared).tables(/* anew= */ false);
      try {
        RepairReport report = repair(prepared, verified, request).look();
        return request.execute() ? report.asExecuted() : report;
      } catch (SQLException e) {
        throw Repair.failed(e);
      }
    }
    RepairReport[] report = new RepairReport[1];
    run(
        "repair",
        (session, prepared) -> {
          // Behind the lock: who had it may have verified.
          RepairLedger.Verified newest = verified(ledger);
          RunStop stop = new RunStop(session.key());
          try {
            report[0] =
                new RepairRun(
                        repair(prepared, newest, request),
                        ledger,
                        new RefreshRuns(
                            spec.source().connection(),
                            session.key(),
                            prepared.mapping(),
                            newest.run(),
                            jobs(session),
                            outage(session),
                            stop),
                        session.key(),
                        prepared.target())
                    .run();
          } catch (SQLException e) {
            throw Repair.failed(e);
          }
          try {
            definitions(session, prepared).prove();
          } catch (MigrationException e) {
            // The rows are repaired and reported; the next verification says what is unproved.
            session.event("CONSTRAINT", "not proved by the repair: " + e.getMessage());
          }
        });
    return report[0];
  }

  @Override
  public SelfTestReport selfTest(List<String> tables) {
    SelfTestReport[] report = new SelfTestReport[1];
    run(
        "verify",
        (session, prepared) -> {
          Predicate<TableName> wanted = WantedTables.of(prepared.mapping(), tables);
          SelfTest test =
              new SelfTest(
                  spec.source().connection(),
                  session.key(),
                  prepared.mapping(),
                  new RunStop(session.key()));
          try {
            report[0] = test.run(wanted);
          } catch (SQLException e) {
            throw new MigrationException(
                Kind.FAILED,
                "The self-test failed: "
                    + String.valueOf(e.getMessage()).strip()
                    + " (SQLState "
                    + e.getSQLState()
                    + "). Nothing was changed; run it again.",
                e);
          }
        });
    return report[0];
  }

  private RepairLedger.Verified verified(RepairLedger ledger) {
    ConnectionSettings target = spec.target().connection();
    // The first question is asked over a connection that explains its failure.
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      return ledger
          .newest(connection)
          .orElseThrow(
              () ->
                  new MigrationException(
                      Kind.USAGE,
                      "Migration \""
                          + spec.name()
                          + "\" has no verification that says what to repair. Run \"landfall"
                          + " verify\" first. Nothing was touched."));
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  private Repair repair(Prepared prepared, RepairLedger.Verified verified, RepairRequest request)
      throws SQLException {
    return new Repair(
        spec.source().connection(),
        spec.target().connection(),
        spec.name(),
        prepared.mapping(),
        verified,
        request);
  }

  @Override
  public Snapshot snapshot() {
    return standing.now();
  }

  @Override
  public Snapshot progress() {
    return standing.progress();
  }

  @Override
  public Journal journal() {
    return new LedgerJournal(look.target().connection(), spec.name());
  }

  @Override
  public Report report() {
    return new Reporting(look).run();
  }

  @Override
  public void requestStop() {
    stopRequested = true;
    OddValueLook look = looking;
    if (look != null) {
      stopAside(look::stop);
    }
    RunSession session = running;
    if (session == null) {
      return;
    }
    stopAside(() -> requestStop(session));
  }

  /** Without waiting for a database. */
  private static void stopAside(Runnable stop) {
    Thread asking = new Thread(stop, "landfall-stop");
    asking.setDaemon(true);
    asking.start();
  }

  /** Through the ledger, so that it reaches workers in other processes too. */
  private void requestStop(RunSession session) {
    try (Connection connection =
        Pools.of(spec.target().connection(), Pools.Use.GENERAL).getConnection()) {
      RunStop.request(connection, session.key().run(), RunStop.USER);
    } catch (SQLException e) {
      LOG.info("the wish to stop could not be written to the ledger: {}", e.getMessage());
    }
  }

  @Override
  public void check(String command) {
    beforehand.requireSecretsThatTravel();
    beforehand.prepare(command);
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      MigrationLedger ledger = new MigrationLedger(connection, spec.name());
      if (ledger.isInstalled() && ledger.isLocked()) {
        throw RunSession.held(spec.name(), ledger.holder());
      }
    } catch (SQLException e) {
      throw Reachability.failed(Side.TARGET, target, "Reading the ledger", e);
    }
  }

  @Override
  public Optional<String> cancel(boolean now) {
    return new Cancellation(look, launcher).run(now);
  }

  @Override
  public void sourceMoved() {
    source.moved();
  }

  @Override
  public void checkAnew(String command) {
    reset(Reset::check);
    beforehand.anew(command);
  }

  @Override
  public void reset() {
    reset(Reset::run);
  }

  private interface Resetting {
    void apply(Reset reset) throws SQLException;
  }

  private void reset(Resetting what) {
    ConnectionSettings target = spec.target().connection();
    try (Connection connection = Reachability.open(Side.TARGET, target)) {
      what.apply(new Reset(connection, spec.name()));
    } catch (SQLException e) {
      throw new MigrationException(
          "42501".equals(e.getSQLState()) ? Kind.USAGE : Kind.FAILED,
          "Beginning anew failed, and nothing was changed: "
              + String.valueOf(e.getMessage()).strip(),
          e);
    }
  }

  @Override
  public void close() {
    lease.close();
  }

  private interface Work {
    void run(RunSession session, Prepared prepared);
  }

  private void run(String command, Work work) {
    standing.preparing();
    try {
      begin(command, work);
    } finally {
      standing.prepared();
    }
  }

  private void begin(String command, Work work) {
    beforehand.requireSecretsThatTravel();
    if (!command.equals("repair")) {
      // Most repairs need no runner.
      WarmUp.start(launcher);
    }
    Prepared prepared = beforehand.prepare(command);
    try (RunSession session = RunSession.begin(spec, prepared, command, launcher, source)) {
      running = session;
      standing.prepared();
      try {
        begun.run();
        work.run(session, prepared);
        session.end("DONE");
      } catch (RuntimeException thrown) {
        MigrationException e = new Meanwhile(spec, prepared).explain(thrown, session.phase());
        if (e == null) {
          throw thrown;
        }
        session.end(e.kind().name());
        throw e;
      } finally {
        running = null;
      }
    }
  }

  private RunJobs jobs(RunSession session) {
    return new RunJobs(launcher, session, outage(session));
  }

  /** Whether somebody wants this run to end, here or elsewhere. */
  private BooleanSupplier stopped(RunSession session) {
    RunStop stop = new RunStop(session.key());
    return () -> stopRequested || stop.stopRequested();
  }

  private Outage outage(RunSession session) {
    return new Outage(spec, session, () -> stopRequested);
  }

  /**
   * @param compared whether every row is compared afterwards, which is more than to count them
   */
  private void load(RunSession session, Prepared prepared, boolean compared) {
    Outage outage = outage(session);
    outage.ride(() -> session.phase(Snapshot.Phase.BACKFILL));
    SourceWatch watch = new SourceWatch(spec, prepared);
    outage.ride(watch::begin);
    CountedApart counted = countedApart(session, prepared);
    outage.ride(() -> counted.begin(false));
    Backfill backfill =
        new Backfill(
            spec,
            prepared.mapping(),
            session,
            jobs(session),
            launcher.lanes(),
            () -> stopRequested,
            outage);
    for (List<Integer> wave : Waves.of(prepared.mapping(), prepared.target())) {
      backfill.run(wave);
    }
    RunLog.loaded(standing.progress());
    if (!compared) {
      outage.ride(counted::lookAtLoad);
    }
    outage.ride(() -> watch.look(session.key()));
  }

  private VerificationReport compare(RunSession session, Prepared prepared, VerifyRequest request) {
    Conditions conditions =
        new Conditions(spec, session.key(), prepared, request, stopped(session));
    SourceWatch watch = new SourceWatch(spec, prepared);
    outage(session).ride(watch::begin);
    outage(session).ride(conditions::run);
    VerificationReport compared = compareRows(session, prepared, request, conditions);
    RunLog.compared(compared);
    outage(session).ride(() -> watch.look(session.key()));
    return watch.addTo(compared);
  }

  private VerificationReport compareRows(
      RunSession session, Prepared prepared, VerifyRequest request, Conditions conditions) {
    if (!request.everyRow()) {
      return conditions.addTo(compareRows(session, prepared, request), Optional.empty());
    }
    try (CountedApart counted = countedApart(session, prepared)) {
      // Whoever limits what is read wants nothing beside it.
      outage(session).ride(() -> counted.begin(!request.readLimit().limits()));
      VerificationReport rows = compareRows(session, prepared, request);
      Optional<CheckResult> broken = outage(session).answer(() -> counted.look(rows));
      return conditions.addTo(rows, broken);
    }
  }

  private CountedApart countedApart(RunSession session, Prepared prepared) {
    return new CountedApart(
        spec.source().connection(), session.key(), prepared.mapping(), stopped(session));
  }

  private VerificationReport compareRows(
      RunSession session, Prepared prepared, VerifyRequest request) {
    LoadSettings load = spec.load();
    RunJobs jobs = jobs(session);
    ChecksumPipeline.Settings settings =
        new ChecksumPipeline.Settings(
            spec.source().connection(),
            session.key(),
            prepared.mapping(),
            new ChunkSize(load.chunkRows(), load.chunkBytes()),
            launcher.lanes(),
            new RunStop(session.key()),
            request.maxDifferences(),
            request.readLimit(),
            launcher.remote(),
            request.slice(),
            request.pushdown());
    // It goes on behind the last round that is recorded.
    return outage(session)
        .ride(
            () -> Verification.run(jobs, settings, request),
            jobs::done,
            e ->
                new MigrationException(
                    Kind.FAILED,
                    "The comparison failed: "
                        + e.getMessage()
                        + " (SQLState "
                        + e.getSQLState()
                        + "). Nothing was changed; run it again.",
                    e));
  }

  private Definitions definitions(RunSession session, Prepared prepared) {
    return new Definitions(
        spec.target().connection(),
        prepared.ddl(),
        stopped(session),
        new BrokenRows(spec.source().connection(), spec.target().connection(), spec.name()),
        session::event,
        new DefinitionSteps(session.key(), standing::progress));
  }
}
