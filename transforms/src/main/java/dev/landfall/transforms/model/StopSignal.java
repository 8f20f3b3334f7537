package dev.landfall.transforms.model;

import java.io.Serializable;

/**
 * Asked before each chunk whether it should still be read. It is asked often; an implementation
 * remembers its answer for a moment.
 */
@FunctionalInterface
public interface StopSignal extends Serializable {
  /** Never stops. */
  StopSignal NEVER = () -> false;

  /** Whether chunks that are not begun shall be left for a later run. */
  boolean stopRequested();
}
