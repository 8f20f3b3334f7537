package dev.landfall.runners.document;

import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.Names;
import dev.landfall.transforms.ledger.Alarm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a webhook is sent. */
public record AlarmDocument(
    String migration,
    long run,
    Instant started,
    Instant ended,
    @Nullable String slice,
    long tables,
    long rowsCompared,
    long differences,
    long newDifferences,
    List<Named> firstNew) {
  /** Of an alarm. */
  public static AlarmDocument of(Alarm alarm) {
    return new AlarmDocument(
        alarm.migration(),
        alarm.run(),
        alarm.started(),
        alarm.ended(),
        alarm.slice(),
        alarm.tables(),
        alarm.rowsCompared(),
        alarm.differences(),
        alarm.newDifferences(),
        TableNames.named(alarm.firstNew(), d -> new Names(d.table(), null, d.source(), d.table())));
  }
}
