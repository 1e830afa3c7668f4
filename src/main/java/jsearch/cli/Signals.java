package jsearch.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Hears the signals that ask a process to end, for as long as it is open.
 *
 * <p>A shutdown hook would hear only the first of them. {@code sun.misc.Signal} hears all, and is
 * reached by reflection, since a direct use is a warning that cannot be switched off.
 */
final class Signals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final Map<Object, Object> replaced = new LinkedHashMap<>();

  private Signals() {}

  /**
   * Tells {@code heard} the number of each signal that comes, on a thread of its own.
   *
   * <p>A signal that the process was told to ignore, as by nohup, stays ignored: the JVM leaves its
   * handler as it is. One that the system does not have is not listened for.
   */
  static Signals listen(IntConsumer heard) {
    Signals signals = new Signals();
    for (String name : NAMES) {
      try {
        signals.listen(name, heard);
      } catch (InvocationTargetException e) {
        // There is none of this name here, or java -Xrs leaves it to the system.
      } catch (ReflectiveOperationException e) {
        return signals; // A JVM without them: the system's own handling stays.
      }
    }
    return signals;
  }

  private void listen(String name, IntConsumer heard) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Object signal = type.getConstructor(String.class).newInstance(name);
    int number = (int) type.getMethod("getNumber").invoke(signal);
    Object handler =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) {
                heard.accept(number);
                return null;
              }
              return identity(proxy, method.getName(), arguments);
            });
    replaced.put(signal, handle(signal, handler));
  }

  /** What a proxy answers where it is asked as an object. */
  private static Object identity(Object proxy, String method, Object[] arguments) {
    return switch (method) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "signal handler";
    };
  }

  /** Sets the handler of a signal; returns the one before. */
  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return Class.forName("sun.misc.Signal")
        .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }

  /** Puts back the handlers that were there. */
  @Override
  public void close() {
    replaced.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a handler that was there cannot be put back", e);
          }
        });
  }
}
