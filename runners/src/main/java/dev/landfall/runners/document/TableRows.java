package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.landfall.transforms.ledger.Snapshot;
import java.util.List;

/** How the rows of a source table were loaded, and what is known of them. */
public record TableRows(
    @JsonUnwrapped TableNames.Names names,
    List<String> targets,
    long chunks,
    long chunksDone,
    long rowsRead,
    long rowsLoaded,
    long rowsFiltered,
    long rowsRejected,
    long bytes,
    double seconds,
    String verified,
    long differences) {
  /** Of a snapshot's table, which took that long and has that verdict. */
  public static TableRows of(
      Snapshot.Table table, double seconds, String verified, long differences) {
    return new TableRows(
        new TableNames.Names(
            table.table(), null, table.table(), String.join(", ", table.targets())),
        table.targets(),
        table.chunks(),
        table.chunksDone(),
        table.rowsRead(),
        table.rowsLoaded(),
        table.rowsFiltered(),
        table.rowsRejected(),
        table.bytes(),
        seconds,
        verified,
        differences);
  }
}
