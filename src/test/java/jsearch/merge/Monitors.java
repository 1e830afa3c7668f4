package jsearch.merge;

import java.util.function.Consumer;

/** Monitors of merges in tests. */
public final class Monitors {
  public static final MergeMonitor SILENT = warning(warning -> {});

  private Monitors() {}

  /** A monitor that never stops and hands warnings on. */
  static MergeMonitor warning(Consumer<String> warnings) {
    return stopping(Long.MAX_VALUE, warnings);
  }

  /** A monitor that stops once so many bytes are written. */
  static MergeMonitor stopping(long limit, Consumer<String> warnings) {
    return new MergeMonitor() {
      private long written;

      @Override
      public void written(long bytes, long total) {
        written = bytes;
      }

      @Override
      public void note(String note) {}

      @Override
      public void warn(String warning) {
        warnings.accept(warning);
      }

      @Override
      public boolean stop() {
        return written >= limit;
      }
    };
  }
}
