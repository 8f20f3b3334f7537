package dev.landfall.runners;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Handlers for the operating system's signals, until it is closed. The class behind it is in the
 * module jdk.unsupported, which every JDK has but javac warns of; so it is called by name. Where it
 * is not there, signals keep their usual effect: the process ends at once, which loses nothing.
 */
public final class Signals implements AutoCloseable {
  private final Map<String, Object> before = new LinkedHashMap<>();

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
