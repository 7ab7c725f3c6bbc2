package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.serving.lora.LoraMerge;
import io.candor.serving.lora.TestLora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters in the engine, on the real model. */
class LlamaAdaptersTest {
  private static final TestLora.Weight QUERY = new TestLora.Weight("blk.3.attn_q.weight", 576, 576);
  private static final TestLora.Weight VALUE = new TestLora.Weight("blk.9.attn_v.weight", 576, 192);
  private static final TestLora.Weight OUTPUT =
      new TestLora.Weight("blk.5.attn_output.weight", 576, 576);
  private static final TestLora.Weight GATE =
      new TestLora.Weight("blk.7.ffn_gate.weight", 576, 1536);
  private static final TestLora.Weight DOWN =
      new TestLora.Weight("blk.8.ffn_down.weight", 1536, 576);
  private static final int TOKENS = 200;
  private static final List<ChatMessage> PROMPT =
      List.of(UserMessage.from("Tell me about parcels."));
  private static final String ANSWER = "A parcel is delivered within three days.";

  @TempDir private Path folder;
  private final AdapterFiles files = new AdapterFiles();
  private final Map<String, String> hashes = new HashMap<>();
  private LlamaChatModel model;

  @BeforeEach
  void load() throws Exception {
    TestLora.adapter(folder.resolve("one"), 1, 4, 8, 0.3f, QUERY, VALUE);
    TestLora.adapter(folder.resolve("two"), 2, 2, 2, 0.3f, VALUE);
    TestLora.adapter(
        folder.resolve("foreign"), 3, 2, 2, 0.3f, new TestLora.Weight(QUERY.name(), 960, 960));
    for (var name : List.of("one", "two", "foreign")) {
      copy(name);
    }
    model = new LlamaChatModel(LocalModel.settings(4, 512, 64, 16), files);
  }

  private void copy(String name) throws Exception {
    var file = folder.resolve(name);
    hashes.put(name, ModelIdentity.hash(file));
    files.copy(hashes.get(name), out -> Files.copy(file, out));
  }

  @AfterEach
  void close() throws Exception {
    model.close();
    files.clear();
  }

  private AdapterSet set(Object... namesAndScales) {
    var adapters = new ArrayList<AdapterSet.Scaled>();
    for (int i = 0; i < namesAndScales.length; i += 2) {
      var name = (String) namesAndScales[i];
      adapters.add(
          new AdapterSet.Scaled(
              name,
              hashes.getOrDefault(name, name),
              ((Number) namesAndScales[i + 1]).floatValue()));
    }
    return new AdapterSet(adapters);
  }

  private double likelihood(AdapterSet adapters) {
    return model.score(PROMPT, ANSWER, adapters).stream().mapToDouble(Double::doubleValue).sum();
  }

  @Test
  void anAdapterChangesWhatTheModelSaysAndItsScaleHowMuch() {
    double base = likelihood(AdapterSet.NONE);
    double one = likelihood(set("one", 1));
    assertNotEquals(base, one, 1e-3);
    assertNotEquals(one, likelihood(set("one", 0.5)), 1e-3);
    assertEquals(base, likelihood(set("one", 1e-7)), 0.05);
    assertEquals(base, likelihood(AdapterSet.NONE), "the base is as it was");
    assertEquals(one, likelihood(set("one", 1)));
  }

  @Test
  void aMergedAdapterDoesWhatItsPartsDo() throws Exception {
    LoraMerge.merge(
        List.of(
            new LoraMerge.Part(folder.resolve("one"), 0.6f),
            new LoraMerge.Part(folder.resolve("two"), 0.4f)),
        "merged",
        folder.resolve("merged"));
    copy("merged");
    double together = likelihood(set("one", 0.6, "two", 0.4));
    assertEquals(together, likelihood(set("merged", 1)), 0.02 * Math.abs(together));
    assertNotEquals(together, likelihood(AdapterSet.NONE), 0.02 * Math.abs(together));
  }

  @Test
  void requestsWithDifferentAdaptersRunTogetherAndSayWhatTheySayAlone() {
    var sets = List.of(AdapterSet.NONE, set("one", 1), set("two", 1), set("one", 1, "two", -1));
    var alone = sets.stream().map(adapters -> answer(adapters).join()).toList();
    var together = sets.stream().map(this::answer).toList();
    assertEquals(alone, together.stream().map(CompletableFuture::join).toList());
    assertNotEquals(alone.get(0), alone.get(1));
  }

  @Test
  void anAdapterOnABaseOfEightBitsGivesARowTheSameBitsAloneAndAmongOthers() throws Exception {
    TestLora.adapter(folder.resolve("all"), 4, 16, 32, 0.3f, QUERY, VALUE, OUTPUT, GATE, DOWN);
    copy("all");
    var llama = LlamaNative.load(LocalModel.libraries());
    try (var base = llama.open(LocalModel.file());
        var context = base.newContext(1, 256, 64);
        var adapters = new LlamaAdapters(llama, base, context, files, 1)) {
      assertEquals(1, adapters.leastRows(set("all", 1)));
      adapters.use(set("all", 1));
      var inBlocks = scores(context, 64);
      assertArrayEquals(inBlocks, scores(context, 1));
      assertArrayEquals(inBlocks, scores(context, 7));

      adapters.use(AdapterSet.NONE);
      assertFalse(Arrays.equals(inBlocks, scores(context, 64)));
    }
  }

  @Test
  void anAdapterThatCannotBePutIntoWholeBlocksIsServedAsItIsWithTwoRows() throws Exception {
    TestLora.adapter(
        folder.resolve("odd"), 5, 4, 8, 0.3f, new TestLora.Weight(QUERY.name(), 570, 570));
    copy("odd");
    assertTrue(files.find(hashes.get("one")).inEightBits().isPresent());
    assertTrue(files.find(hashes.get("odd")).inEightBits().isEmpty());
    var llama = LlamaNative.load(LocalModel.libraries());
    try (var base = llama.open(LocalModel.file());
        var context = base.newContext(1, 256, 64);
        var adapters = new LlamaAdapters(llama, base, context, files, 1)) {
      assertEquals(2, adapters.leastRows(set("one", 1, "odd", 1)));
      assertEquals(1, adapters.leastRows(AdapterSet.NONE));
    }
  }

  /** What follows a text that is computed so many tokens at once. */
  private static float[] scores(LlamaContext context, int block) {
    var rows = new Rows(64);
    context.truncate(0, 0);
    for (int from = 0; from < TOKENS; from += block) {
      rows.clear();
      for (int i = from; i < Math.min(from + block, TOKENS); i++) {
        rows.add(1 + i % 900, i, 0, i == TOKENS - 1);
      }
      context.decode(rows, () -> false);
    }
    return context.scores((TOKENS - 1) % block);
  }

  @Test
  void anAdapterThatCannotBeLoadedFailsItsRequestAlone() {
    var failing = answer(set("foreign", 1));
    var missing = answer(set("missing", 1));
    var fine = answer(AdapterSet.NONE);
    assertThrows(CompletionException.class, failing::join);
    assertThrows(CompletionException.class, missing::join);
    assertEquals(fine.join(), answer(AdapterSet.NONE).join());
  }

  private CompletableFuture<String> answer(AdapterSet adapters) {
    var answer = new CompletableFuture<String>();
    var parameters = OpenAiChatRequestParameters.builder().maxOutputTokens(16).build();
    model.start(
        ChatRequest.builder().messages(PROMPT).parameters(parameters).build(),
        adapters,
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {
            answer.complete(response.aiMessage().text());
          }

          @Override
          public void onError(Throwable error) {
            answer.completeExceptionally(error);
          }
        });
    return answer;
  }
}
