package io.candor.serving;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Many requests at once, some given up: what each gets must not depend on the others. */
class ChurnTest {
  private static final int REQUESTS = 40;
  private static final int AT_ONCE = 6;
  private static final int KINDS = 10;
  private static final List<String> FACTS =
      List.of(
          "Returns are accepted within 30 days of delivery if the item is unused.",
          "Orders above 50 euros ship free; express shipping costs 12.90 euros.",
          "A warranty of two years covers defects in material and workmanship.",
          "Gift cards cannot be returned, but they never expire.",
          "Customers in Norway pay customs duties when the parcel arrives.");

  private final Random random = new Random(5);

  @Test
  void whatARequestGetsDoesNotDependOnTheOthers() throws Exception {
    var alone = new HashMap<Integer, String>();
    try (var model = new LlamaChatModel(LocalModel.settings(1, 1024))) {
      for (int kind = 0; kind < KINDS; kind++) {
        alone.put(kind, model.chat(request(kind)).aiMessage().text());
      }
    }
    var settings = LocalModel.settings(4, 1024, 64, REQUESTS);
    try (var model = new LlamaChatModel(settings)) {
      var different = churn(model, alone);

      assertEquals(List.of(), different);
      var statistics = model.statistics();

      assertEquals(0, statistics.failed());
      assertTrue(statistics.acceptedTokens() > 0, "nothing was drafted");
      assertTrue(statistics.reusedTokens() > 0, "nothing was reused");
    }
  }

  /** Returns the requests that got something else than alone. */
  private List<String> churn(LlamaChatModel model, Map<Integer, String> alone) throws Exception {
    var places = new Semaphore(AT_ONCE);
    var running = new ArrayList<Map.Entry<Integer, Generation>>();
    for (int i = 0; i < REQUESTS; i++) {
      assertTrue(places.tryAcquire(60, SECONDS), "a place was never given back");
      int kind = random.nextInt(KINDS);
      var generation = Generation.start(model, request(kind), new Silent());
      generation.response().whenComplete((response, error) -> places.release());
      running.add(Map.entry(kind, generation));
      if (random.nextInt(3) == 0) {
        Thread.sleep(random.nextInt(150));
        running.get(random.nextInt(running.size())).getValue().cancel();
      }
    }
    assertTrue(places.tryAcquire(AT_ONCE, 60, SECONDS), "a place was never given back");
    var different = new ArrayList<String>();
    for (var entry : running) {
      if (!entry.getValue().isCancelled()) {
        var text = entry.getValue().response().join().aiMessage().text();
        if (!text.equals(alone.get(entry.getKey()))) {
          different.add("%s instead of %s".formatted(text, alone.get(entry.getKey())));
        }
      }
    }
    return different;
  }

  private static ChatRequest request(int kind) {
    var facts = new StringBuilder("Facts:\n");
    for (int i = 0; i <= kind % 3; i++) {
      facts.append("[%d] %s\n".formatted(i + 1, FACTS.get((kind + i) % FACTS.size())));
    }
    var parameters =
        OpenAiChatRequestParameters.builder()
            .temperature(kind % 2 == 0 ? 0 : .8)
            .seed(kind)
            .user("tenant " + kind % 3)
            .maxOutputTokens(8 + 2 * kind)
            .build();
    return ChatRequest.builder()
        .messages(
            SystemMessage.from("You answer customers of a shop with the numbered facts only."),
            UserMessage.from(facts + "\nQuestion: what does the first fact say?"))
        .parameters(parameters)
        .build();
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
