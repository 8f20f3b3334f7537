package dev.landfall.runners.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.api.VerificationReport;
import dev.landfall.runners.FakeMigration;
import dev.landfall.runners.cli.ExitCodes;
import dev.landfall.runners.cli.Printer;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Terminal;
import dev.landfall.runners.document.Documents;
import dev.landfall.runners.document.VerificationDocument;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduledVerificationTest {
  private final FakeMigration migration = new FakeMigration();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ScheduledVerification scheduled(boolean json, boolean exitOnNew) {
    Terminal terminal = new Terminal(false, 140, 0, false, false);
    return new ScheduledVerification(
        migration,
        new Printer(new Console(stream(out), terminal, stream(err), terminal), json),
        Optional.of(Duration.ofDays(90)),
        exitOnNew);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static VerificationReport found(long news) {
    return new VerificationReport(false, List.of(), List.of())
        .with(new Reconciliation(7, news, null));
  }

  private static VerificationReport fail(Kind kind) {
    throw new MigrationException(kind, "not now: " + kind);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"HELD", "UNREACHABLE"})
  void whatPassesIsKeptAndTriedAgain(Kind kind) {
    assertThat(scheduled(true, true).once(() -> fail(kind))).isEmpty();

    assertThat(migration.journal.calls)
        .containsExactly("verify " + kind + " not now: " + kind, "prune PT2160H");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "landfall: not now: " + kind + "\nlandfall: it is tried again at the next time\n");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "{\"error\":{\"kind\":\""
                + kind.name().toLowerCase(java.util.Locale.ROOT)
                + "\",\"message\":\"not now: "
                + kind
                + "\",\"exitCode\":"
                + ExitCodes.of(kind)
                + "}}");
  }

  @Test
  void whatTheLedgerCantTakeIsKeptWhenItIsBack() {
    ScheduledVerification scheduled = scheduled(false, false);
    migration.journal.away = true;
    scheduled.once(() -> fail(Kind.UNREACHABLE));
    scheduled.once(() -> fail(Kind.UNREACHABLE));
    assertThat(migration.journal.calls).isEmpty();

    migration.journal.away = false;
    scheduled.once(() -> found(0));

    assertThat(migration.journal.calls)
        .containsExactly(
            "verify UNREACHABLE not now: UNREACHABLE",
            "verify UNREACHABLE not now: UNREACHABLE",
            "prune PT2160H");
  }

  @Test
  void aRunThatFailedHasItsOwnEntry() {
    assertThat(scheduled(false, false).once(() -> fail(Kind.FAILED))).isEmpty();

    assertThat(migration.journal.calls).containsExactly("prune PT2160H");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"USAGE", "THRESHOLD", "STOPPED"})
  void whatAPersonMustPutRightEndsIt(Kind kind) {
    assertThatThrownBy(() -> scheduled(false, false).once(() -> fail(kind)))
        .hasMessage("not now: " + kind);
  }

  /** One report looks like the other. */
  @Test
  void eachReportHasItsTime() {
    Instant before = Instant.now();
    scheduled(false, false).once(() -> found(0));
    scheduled(true, false).once(() -> found(0));
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).endsWith(" UTC, shop:");
    assertThat(Instant.parse(lines.get(0).substring(0, 19).replace(' ', 'T') + "Z"))
        .isBetween(before.minusSeconds(1), Instant.now());
    assertThat(Documents.line(VerificationDocument.of(found(0), Instant.EPOCH)))
        .startsWith("{\"started\":\"1970-01-01T00:00:00Z\",\"equal\":false,");
  }

  @Test
  void onlyNewDifferencesEndIt() {
    assertThat(scheduled(false, true).once(() -> found(0))).isEmpty();
    assertThat(scheduled(false, false).once(() -> found(2))).isEmpty();
    assertThat(scheduled(false, true).once(() -> found(2)))
        .isEqualTo(OptionalInt.of(ExitCodes.DIFFERENCES));
  }
}
