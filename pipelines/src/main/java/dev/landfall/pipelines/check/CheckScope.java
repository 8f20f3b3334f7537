package dev.landfall.pipelines.check;

/**
 * When checks are asked, and what becomes of what they find.
 *
 * @param <C> what they look at
 */
@SuppressWarnings(
    "UnusedTypeParameter") // It binds a scope to the checks that look at such a thing.
public final class CheckScope<C> {
  /** Before a command begins: what is not as it must be keeps it from beginning. */
  public static final CheckScope<Surroundings> PREFLIGHT = new CheckScope<>();

  /** In a run, before its rows are read and behind the last: it is kept with the run. */
  public static final CheckScope<InRun> VERIFY = new CheckScope<>();

  /** Of a mapping, without rows: it is told, and keeps nothing from beginning. */
  public static final CheckScope<Mapped> MAPPING = new CheckScope<>();

  private CheckScope() {}
}
