package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingConfigTest {
  static ServingConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withDefaultValues(settings)
        .withMapping(ServingConfig.class)
        .build()
        .getConfigMapping(ServingConfig.class);
  }

  @Test
  void theDefaultsAreThese() {
    var config = config(Map.of());

    assertAll(
        () -> assertTrue(config.llamaLibraryPath().isEmpty()),
        () -> assertTrue(config.model().isEmpty()),
        () -> assertTrue(config.threads().isEmpty()),
        () -> assertEquals(2048, config.contextSize()),
        () -> assertEquals(8, config.sequences()),
        () -> assertEquals(64, config.batch()),
        () -> assertEquals(32, config.queue()),
        () -> assertEquals(512L << 20, config.largestAdapter().asLongValue()),
        () -> assertEquals(256, config.maxOutputTokens()),
        () -> assertEquals(Duration.ofMinutes(2), config.requestTimeout()),
        () -> assertEquals(Duration.ofSeconds(30), config.stepTimeout()),
        () -> assertTrue(config.drafts()),
        () -> assertEquals("bge-small-en-v1.5-q", config.embedding().use()),
        () -> assertEquals(2, config.embedding().threads()),
        () -> assertTrue(config.embedding().queryPrefix().orElseThrow().endsWith("passages: ")),
        () -> assertTrue(config.embedding().models().isEmpty()),
        () -> assertTrue(config.remote().url().isEmpty()),
        () -> assertTrue(config.remote().model().isEmpty()),
        () -> assertTrue(config.remote().apiKey().isEmpty()),
        () -> assertTrue(config.remote().adapter().isEmpty()),
        () -> assertEquals(Duration.ofSeconds(2), config.remote().connectTimeout()),
        () -> assertEquals(Duration.ofSeconds(3), config.remote().firstTokenTimeout()),
        () -> assertEquals(Duration.ofSeconds(2), config.remote().nextTokenTimeout()),
        () -> assertEquals(Duration.ofSeconds(30), config.remote().totalTimeout()),
        () -> assertEquals(2, config.remote().retries()),
        () -> assertEquals(Duration.ofMillis(200), config.remote().backoff()),
        () -> assertEquals(3, config.remote().failureThreshold()),
        () -> assertEquals(Duration.ofSeconds(10), config.remote().pause()));
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    var here = Path.of("");
    var limit = Duration.ofMinutes(1);
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LlamaSettings(here, here, 0, 4096, 2, 64, 32, 256, limit, limit, true));

    assertEquals("candor.serving.threads must be at least 1, not 0", error.getMessage());
  }

  @Test
  void aModelThatIsNotConfiguredIsReportedAndNotWaitedFor() {
    var model = new LanguageModel(config(Map.of()), new AdapterFiles());
    model.load();

    assertTrue(model.ready().isCompletedExceptionally());
    var error = assertThrows(IllegalStateException.class, model::identity);
    assertTrue(error.getMessage().contains("candor.serving.llama-library-path is not set"));
  }
}
