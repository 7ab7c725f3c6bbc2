package io.candor.chat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** How long an answer spent in each stage. */
final class StageTimes {
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private String current;
  private long entered;

  /** Ends the stage that is under way, if one is. */
  void enter(String stage) {
    end();
    current = stage;
    entered = System.nanoTime();
  }

  /** Ends the last stage. */
  void end() {
    if (current != null) {
      nanos.merge(current, System.nanoTime() - entered, Long::sum);
      current = null;
    }
  }

  void forEach(BiConsumer<String, Duration> each) {
    nanos.forEach((stage, took) -> each.accept(stage, Duration.ofNanos(took)));
  }
}
