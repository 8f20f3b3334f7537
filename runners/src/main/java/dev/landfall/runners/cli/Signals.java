package dev.landfall.runners.cli;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handlers for the operating system's signals, until it is closed. The class behind it is in the
 * module jdk.unsupported, which every JDK has but javac warns of; so it is called by name. Where it
 * is not there, signals keep their usual effect: the process ends at once, which loses nothing.
 */
public final class Signals implements AutoCloseable {
  /** Whoever reads what is said may be the one who hangs. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  /** Whether this process was asked to end, whoever had the handler then. */
  private static final AtomicBoolean ASKED = new AtomicBoolean();

  private final Map<String, Object> before = new LinkedHashMap<>();

  /**
   * From now on the wish to end (SIGINT, SIGTERM) runs the action, if it is the process's first
   * one. The second ends the process, whatever hangs in it: shutdown hooks, drivers, the terminal.
   *
   * @param lastWord says that the process ends now; it ends with or without it
   */
  public void onStop(Runnable first, Runnable lastWord) {
    Runnable action =
        () -> {
          if (ASKED.compareAndSet(false, true)) {
            first.run();
          } else {
            halt(lastWord);
          }
        };
    on("INT", action);
    on("TERM", action);
  }

  private static void halt(Runnable lastWord) {
    Thread saying = new Thread(lastWord, "landfall-last-word");
    saying.setDaemon(true);
    try {
      saying.start();
      saying.join(LAST_WORD.toMillis());
    } catch (InterruptedException | OutOfMemoryError e) {
      // No thread is left, perhaps: all the more reason to end.
    }
    Runtime.getRuntime().halt(ExitCodes.STOPPED);
  }

  /** From now on that signal (INT, TERM, WINCH) runs the action, in a thread of its own. */
  public void on(String signal, Runnable action) {
    try {
      Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerClass},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "handler of SIG" + signal;
                  });
      before.putIfAbsent(signal, install(signal, handlerClass, handler));
    } catch (ReflectiveOperationException e) {
      // Not on this JVM: see above.
      return;
    }
  }

  /** Gives every signal the handler back that it had. */
  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            install(signal, Class.forName("sun.misc.SignalHandler"), handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("It could be set, so it can be set back", e);
          }
        });
    before.clear();
  }

  private static Object install(String signal, Class<?> handlerClass, Object handler)
      throws ReflectiveOperationException {
    Class<?> signalClass = Class.forName("sun.misc.Signal");
    Object number = signalClass.getConstructor(String.class).newInstance(signal);
    return signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, number, handler);
  }
}
