package dev.landfall.runners.document;

import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.Names;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.ledger.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code status} and a finished {@code migrate} or {@code backfill} say. */
public record StatusDocument(
    String migration,
    Snapshot.Phase phase,
    @Nullable String holder,
    @Nullable String note,
    Snapshot.@Nullable Job job,
    Step.@Nullable State step,
    @Nullable Instant started,
    Instant taken,
    List<Named> tables,
    boolean comparedByNewestRun,
    List<String> warnings,
    List<String> broken,
    List<Named> dispositions) {
  /** Of a snapshot. */
  public static StatusDocument of(Snapshot snapshot) {
    return new StatusDocument(
        snapshot.migration(),
        snapshot.phase(),
        snapshot.holder(),
        snapshot.note(),
        snapshot.job(),
        snapshot.step(),
        snapshot.started(),
        snapshot.taken(),
        snapshot.tables().stream().map(StatusDocument::table).toList(),
        snapshot.newest().compared(),
        snapshot.warnings(),
        snapshot.broken(),
        dispositions(snapshot));
  }

  record Compared(@Nullable Instant comparedAt, @Nullable String comparedLevel) {}

  private static Named table(Snapshot.Table table) {
    Snapshot.Compared found = table.compared();
    return new Named(
        TableRows.of(
            table,
            Snapshot.Work.seconds(table.work().stream()),
            Documents.lower(table.verified().name()),
            table.differences()),
        found == null ? new Compared(null, null) : new Compared(found.at(), found.word()));
  }

  /** What rules did. */
  public static List<Named> dispositions(Snapshot snapshot) {
    return TableNames.named(snapshot.dispositions(), d -> Names.of(d.table(), d.target()));
  }
}
