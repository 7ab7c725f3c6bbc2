package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.serving.LlamaSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineChurnTest {
  private static final int REQUESTS = 40;

  @Test
  void whatARequestGetsDoesNotDependOnTheOthersAndNothingIsLeftBehind() throws Exception {
    var configuration = CandorParts.configuration();
    var settings =
        LlamaSettings.usual(
            Path.of(configuration.get("candor.serving.llama-library-path")),
            Path.of(configuration.get("candor.serving.model")));

    var result = EngineChurn.measure(settings, REQUESTS, 5, System.out);

    assertEquals(0, result.different());
    assertEquals(0, result.failed());
    assertEquals(0, result.held());
    assertTrue(result.finished() >= REQUESTS / 5, result.toString());
    assertTrue(result.engine().cancelled() > 0, result.toString());
    assertTrue(result.engine().reusedTokens() > 0, "nothing was reused");
  }
}
