package io.candor.serving;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void eachComputationThatStandsStillIsToldOfOnceAndForgottenWhenItEnds() throws Exception {
    var alarms = new LinkedBlockingQueue<RuntimeException>();
    try (var watchdog = new Watchdog(Duration.ofMillis(20), alarms::add)) {
      for (int computation = 0; computation < 2; computation++) {
        assertFalse(watchdog.stalled());
        watchdog.begin();

        assertNotNull(alarms.poll(20, SECONDS));
        assertTrue(watchdog.stalled());
        Thread.sleep(100);
        assertEquals(0, alarms.size());

        watchdog.end();
      }
      assertFalse(watchdog.stalled());
    }
  }

  @Test
  void nothingIsToldWhileNothingIsComputed() throws Exception {
    var alarms = new LinkedBlockingQueue<RuntimeException>();
    try (var watchdog = new Watchdog(Duration.ofMillis(10), alarms::add)) {
      watchdog.begin();
      watchdog.end();
      Thread.sleep(200);

      assertEquals(0, alarms.size());
      assertFalse(watchdog.stalled());
    }
  }

  /** A step of a long prompt takes far longer than this limit, on any machine. */
  @Test
  void aModelWhoseStepTakesTooLongIsStalledUntilItEnds() throws Exception {
    var model = model(Map.of("step-timeout", "PT0.001S", "sequences", "1", "batch", "1500"));
    try {
      assertEquals(ModelState.READY, model.state());

      var answer = Generation.start(model, ask("a slow parcel ".repeat(450)), new Silent());

      until(() -> model.state() == ModelState.STALLED);
      var refused = Generation.start(model, ask("Hi"), new Silent());
      for (var generation : new Generation[] {answer, refused}) {
        var error =
            assertThrows(ExecutionException.class, () -> generation.response().get(20, SECONDS));
        assertInstanceOf(InternalServerException.class, error.getCause());
      }
      until(() -> model.state() == ModelState.READY);
      until(() -> model.statistics().orElseThrow().running() == 0);
    } finally {
      model.close();
    }
  }

  private static LanguageModel model(Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("candor.serving.llama-library-path", LocalModel.libraries().toString());
    all.put("candor.serving.model", LocalModel.file().toString());
    settings.forEach((name, value) -> all.put("candor.serving." + name, value));
    var model = new LanguageModel(ServingConfigTest.config(all), new AdapterFiles());
    model.load();
    return model;
  }

  private static ChatRequest ask(String text) {
    return ChatRequest.builder().messages(UserMessage.from(text)).build();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not happen within " + LONG);
      Thread.sleep(1);
    }
  }

  private static final class Silent implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String text) {}

    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {}
  }
}
