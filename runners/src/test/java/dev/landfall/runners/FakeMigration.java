package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.api.Journal;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.RepairRequest;
import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.display.Snapshots;
import dev.landfall.transforms.ledger.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A migration that does what a test tells it, and remembers what it was asked. */
public class FakeMigration implements Migration {
  final List<String> calls = new ArrayList<>();
  Snapshot before = Snapshots.at(0, Snapshot.Phase.NEW, List.of());
  Snapshot after = before;
  VerificationReport report = new VerificationReport(true, List.of(), List.of());
  SelfTestReport selfTest = new SelfTestReport(List.of(), List.of(), List.of(), List.of());
  SchemaText schema = new SchemaText("CREATE TABLE t ();", "ANALYZE;", List.of());
  @Nullable VerifyRequest request;
  RepairReport repair =
      new RepairReport(false, true, Instant.EPOCH, List.of(), List.of(), List.of());
  Runnable work = () -> {};
  Runnable inTheWay = () -> {};
  @Nullable String running;
  public final FakeJournal journal = new FakeJournal();
  private Runnable begun = () -> {};
  private volatile boolean ran;

  @Override
  public String name() {
    return "shop";
  }

  @Override
  public SchemaText schema(boolean scan) {
    calls.add(scan ? "schema scan" : "schema");
    return schema;
  }

  @Override
  public void applySchema(boolean pre, boolean post) {
    calls.add("applySchema " + pre + " " + post);
  }

  @Override
  public void onBegun(Runnable told) {
    begun = told;
  }

  @Override
  public void migrate(boolean verify) {
    calls.add("migrate " + verify);
    begun.run();
    work.run();
    ran = true;
  }

  @Override
  public void extend() {
    calls.add("extend");
  }

  @Override
  public void backfill() {
    calls.add("backfill");
    begun.run();
    work.run();
    ran = true;
  }

  @Override
  public SelfTestReport selfTest(List<String> tables) {
    calls.add("selfTest " + tables);
    work.run();
    ran = true;
    return selfTest;
  }

  @Override
  public VerificationReport verify(VerifyRequest request) {
    calls.add("verify");
    this.request = request;
    work.run();
    return report;
  }

  @Override
  public RepairReport repair(RepairRequest request) {
    calls.add("repair " + request.execute() + " " + request.deleteExtra() + " " + request.tables());
    work.run();
    return repair;
  }

  @Override
  public Snapshot snapshot() {
    return ran ? after : before;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Report report() {
    throw new UnsupportedOperationException("a report is made of a ledger");
  }

  @Override
  public void requestStop() {
    calls.add("requestStop");
  }

  @Override
  public void check(String command) {
    calls.add("check " + command);
  }

  @Override
  public void checkAnew(String command) {
    calls.add("checkAnew " + command);
    inTheWay.run();
  }

  @Override
  public Optional<String> cancel(boolean now) {
    calls.add("cancel " + now);
    return Optional.ofNullable(running);
  }

  @Override
  public void sourceMoved() {
    calls.add("sourceMoved");
  }

  @Override
  public void reset() {
    calls.add("reset");
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
