package dev.landfall.pipelines;

import dev.landfall.pipelines.api.JobLostException;
import dev.landfall.pipelines.api.PipelineLauncher;
import dev.landfall.pipelines.api.Running;
import org.apache.beam.sdk.Pipeline;

/**
 * The Direct runner, which loses the jobs of repairs so many times: the first when all is done, the
 * others before anything is.
 */
public final class CutRepairs implements PipelineLauncher {
  private final DirectLauncher launcher = new DirectLauncher();
  private int cuts;
  private boolean first;
  private boolean repair;

  /** From now on the next so many are lost. */
  public void cut(int jobs) {
    cuts = jobs;
    first = true;
  }

  @Override
  public Pipeline create(Work work, String name) {
    repair = name.contains(": repair,");
    return launcher.create(work, name);
  }

  @Override
  public Running start(Pipeline pipeline, JobListener listener) {
    boolean cut = repair && cuts-- > 0;
    if (!cut) {
      return launcher.start(pipeline, listener);
    }
    if (first) {
      launcher.start(pipeline, listener).await();
    }
    first = false;
    throw new JobLostException("the test took it");
  }

  @Override
  public int lanes() {
    return launcher.lanes();
  }

  @Override
  public boolean remote() {
    return false;
  }
}
