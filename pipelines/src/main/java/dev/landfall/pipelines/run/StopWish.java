package dev.landfall.pipelines.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The wish of this process that what goes on ends. Any thread may have it, and ask for it. */
public final class StopWish implements BooleanSupplier {
  private final Set<Runnable> hearing = ConcurrentHashMap.newKeySet();
  private volatile boolean asked;

  /** Asks for it, and waits for nobody. */
  public void ask() {
    asked = true;
    hearing.forEach(StopWish::aside);
  }

  /** Whether somebody has asked. */
  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  /** Does work; what ends it is run as soon as somebody asks, even if that was before. */
  public <T> T endedBy(Runnable end, Supplier<T> work) {
    hearing.add(end);
    try {
      if (asked) {
        aside(end);
      }
      return work.get();
    } finally {
      hearing.remove(end);
    }
  }

  /** Without waiting for a database. */
  private static void aside(Runnable end) {
    Thread ending = new Thread(end, "landfall-stop");
    ending.setDaemon(true);
    ending.start();
  }
}
