package dev.landfall.pipelines.run;

/**
 * Takes the server that the source is on now for the one that this migration reads from: the same
 * database on a replica that took over, or on a host that it was moved to. The next run that begins
 * notes it, once nothing stands in its way.
 */
public record NoteSourceMoved() implements Errand<Errand.Done> {
  @Override
  public Done perform(TaskRunner runner) {
    runner.source().moved();
    return Done.DONE;
  }
}
