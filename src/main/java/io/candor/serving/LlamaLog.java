package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.Logger;

/**
 * Takes llama.cpp's log, which would go to stderr, to our log at debug, and keeps its last errors
 * for messages.
 */
final class LlamaLog {
  private static final Logger LOG = Logger.getLogger("io.candor.serving.llama");
  private static final int WARNING = 3;
  private static final int ERROR = 4;
  private static final int KEPT = 3;
  private static final Deque<String> ERRORS = new ArrayDeque<>();

  private LlamaLog() {}

  /** The function to give to {@code llama_log_set}; it stays valid as long as the process. */
  static MemorySegment callback() {
    try {
      var type =
          MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class);
      var target = MethodHandles.lookup().findStatic(LlamaLog.class, "write", type);
      return Linker.nativeLinker()
          .upcallStub(
              target, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS), Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  // Called from native code: what it throws would end the process.
  @SuppressWarnings("unused")
  private static void write(int level, MemorySegment text, MemorySegment userData) {
    try {
      String line = text.reinterpret(Long.MAX_VALUE).getString(0).strip();
      if (line.isEmpty()) {
        return;
      }
      if (level == ERROR || level == WARNING) {
        remember(line);
      }
      LOG.debug(line);
    } catch (RuntimeException e) {
      LOG.debug("unreadable log line of llama.cpp", e);
    }
  }

  private static synchronized void remember(String line) {
    if (ERRORS.size() == KEPT) {
      ERRORS.removeFirst();
    }
    ERRORS.addLast(line);
  }

  /** The last errors since the previous call, oldest first, or "no reason given". */
  static synchronized String lastErrors() {
    var text = ERRORS.isEmpty() ? "no reason given" : String.join("; ", ERRORS);
    ERRORS.clear();
    return text;
  }
}
