package io.candor.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * How an adapter was made, as the trainer's {@code run.json} says: base, dataset, settings and
 * curves. It is kept with the adapter, word for word.
 */
record TrainingRun(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HASH = "[0-9a-f]{64}";

  TrainingRun {
    for (var of : List.of("base", "dataset")) {
      var sha256 = json.path(of).path("sha256").asText();
      if (!sha256.matches(HASH)) {
        throw new IllegalArgumentException(
            "the run's %s.sha256 is no SHA-256 in lower-case hex: '%.80s'".formatted(of, sha256));
      }
    }
    if (!json.path("settings").isObject()) {
      throw new IllegalArgumentException("the run's settings are missing");
    }
  }

  /**
   * Reads a run that made this adapter.
   *
   * @throws IllegalArgumentException if it is no run, or made another adapter
   */
  static TrainingRun of(String text, String adapter) {
    try {
      var run = new TrainingRun(JSON.readTree(text));
      var made = run.json().path("adapter_sha256").asText();
      if (!made.equals(adapter)) {
        throw new IllegalArgumentException(
            "the run made the adapter %s, not this one, %s".formatted(made, adapter));
      }
      return run;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the run is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
