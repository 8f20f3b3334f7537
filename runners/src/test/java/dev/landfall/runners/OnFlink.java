package dev.landfall.runners;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Tests on a Flink cluster, which those of a class share. */
@Timeout(240)
abstract class OnFlink {
  static final int ROWS = 60_000;

  /** A thousand commits, so that there is a middle to do something in. */
  static final String LOAD = "load: {chunkRows: 60}";

  /** One TaskManager's slots: a load goes on with one of the two. */
  static final int HALF = FlinkBed.SLOTS;

  static final int ALL = 2 * FlinkBed.SLOTS;

  static FlinkBed bed;

  @BeforeAll
  static void startCluster() throws Exception {
    bed = FlinkBed.start();
  }

  @AfterAll
  static void stopCluster() {
    try {
      bed.requireDiscreet();
    } finally {
      bed.close();
    }
  }

  @BeforeEach
  void ready() {
    bed.ready();
  }

  /** Something that happens in the middle. */
  interface Fault {
    void happen() throws Exception;
  }
}
