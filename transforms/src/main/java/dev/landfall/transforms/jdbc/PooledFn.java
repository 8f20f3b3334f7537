package dev.landfall.transforms.jdbc;

import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** A function that works with {@link Pools}, which are open while a runner has it set up. */
public abstract class PooledFn<InputT, OutputT> extends DoFn<InputT, OutputT> {
  private static final long serialVersionUID = 1L;

  private transient Pools.@Nullable Lease lease;

  /** Called by the runner before the first bundle. */
  @Setup
  public void lease() {
    lease = Pools.lease();
  }

  /** Called by the runner when it has done with this copy. */
  @Teardown
  public void release() {
    Pools.Lease current = lease;
    if (current != null) {
      lease = null;
      current.close();
    }
  }
}
