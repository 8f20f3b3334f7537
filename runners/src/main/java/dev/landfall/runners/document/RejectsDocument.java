package dev.landfall.runners.document;

import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;

/** What {@code rejects} says. */
public record RejectsDocument(String migration, long standing, long mended, List<Named> rejects) {
  /** Of a migration's rejects. */
  public static RejectsDocument of(Snapshot snapshot, RejectList rejects) {
    return new RejectsDocument(
        snapshot.migration(),
        rejects.standing(),
        rejects.mended(),
        TableNames.of(snapshot).ofSource(rejects.rows(), RejectList.Row::table));
  }
}
