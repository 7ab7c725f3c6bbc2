package io.candor.evaluation;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.serving.LlamaChatModel;
import io.candor.serving.LlamaSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * How fast the engine is beside the same libraries used directly: in turns, so that whatever else
 * the machine does slows both. The peer decodes one token at a time, for itself alone.
 */
public final class EngineSpeed {
  private static final int ROUNDS = 5;
  private static final int TOKENS = 96;
  private static final String MARKERS = "root ::= ( [^\\[] | \"[\" [1-9] \"]\" )*";
  private static final String STORY = "Write a long story about %s and a lighthouse keeper.";
  private static final List<String> HEROES =
      List.of("a fox", "an owl", "a baker", "two sisters", "a clock", "a whale", "rain", "a king");

  private final LlamaChatModel model;
  private final LlamaPeer peer;
  private final List<List<ChatMessage>> answers;
  private final String passages;

  private EngineSpeed(
      LlamaChatModel model, LlamaPeer peer, List<List<ChatMessage>> answers, String passages) {
    this.model = model;
    this.peer = peer;
    this.answers = answers;
    this.passages = passages;
  }

  /**
   * Medians over the rounds, as ratios to the peer if not said otherwise.
   *
   * @param prefill of a prompt of some 500 tokens
   * @param decode of free text, in which nothing can be copied
   * @param speculation of answers that say their evidence
   * @param accepted drafted tokens that were right
   * @param markers the same answers, held to citation markers that exist, to those without
   * @param json decode of free text in a JSON string, to that of free text
   * @param streams tokens of eight streams to those of one
   * @param firstTokens from request to first words, eight answers at once
   * @param sharedPrefix the second question's time to its first words to the first one's
   */
  public record Result(
      double prefill,
      double decode,
      double speculation,
      double accepted,
      double markers,
      double json,
      double streams,
      Quantiles firstTokens,
      double sharedPrefix) {}

  /** Loads the model and compiles the peer; takes some minutes. */
  public static Result measure(LlamaSettings settings, String passages, PrintStream out)
      throws IOException {
    try (var model = new LlamaChatModel(settings);
        var peer =
            new LlamaPeer(
                settings.libraries(),
                settings.model(),
                settings.threads(),
                settings.contextSize())) {
      return new EngineSpeed(model, peer, evidenceBound(), passages).measure(out);
    }
  }

  /** Facts to be said, in the form in which answers are asked for. */
  static List<List<ChatMessage>> evidenceBound() throws IOException {
    return YamlDataset.ofDemo("voice")
        .questions()
        .limit(24)
        .map(question -> asked(question.text(), question.expected("facts")))
        .toList();
  }

  private static List<ChatMessage> asked(String question, List<String> facts) {
    var numbered =
        IntStream.range(0, facts.size())
            .mapToObj(i -> "[%d] %s%n".formatted(i + 1, facts.get(i)))
            .toList();
    return List.of(
        SystemMessage.from(
            "Answer the question with the numbered facts only. Keep every number, price and"
                + " condition exactly as the fact has it. End each sentence with the number of its"
                + " fact, like [1]."),
        UserMessage.from("Facts:\n" + String.join("", numbered) + "\nQuestion: " + question));
  }

  private Result measure(PrintStream out) throws IOException {
    var progress = new Progress(out, "engine rounds", ROUNDS);
    var prefill = new ArrayList<Double>();
    var decode = new ArrayList<Double>();
    var speculation = new ArrayList<Double>();
    var markers = new ArrayList<Double>();
    var json = new ArrayList<Double>();
    var streams = new ArrayList<Double>();
    var first = new ArrayList<Double>();
    var shared = new ArrayList<Double>();
    long drafted = 0;
    long accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var text =
          "Round %d. ".formatted(round) + passages.substring(round * 2000, round * 2000 + 2000);
      double own = prefill(text);
      prefill.add(own / peer.prefill(text).perSecond());
      double alone = decode(STORY.formatted(HEROES.get(round)));
      double direct = peer.decode(TOKENS).perSecond();
      decode.add(alone / direct);
      var before = model.statistics();
      double free = answers(round, Map.of());
      speculation.add(free / direct);
      var after = model.statistics();
      drafted += after.draftedTokens() - before.draftedTokens();
      accepted += after.acceptedTokens() - before.acceptedTokens();
      markers.add(answers(round, Map.of(LlamaChatModel.GRAMMAR, MARKERS)) / free);
      json.add(json(STORY.formatted(HEROES.get(round))) / alone);
      streams.add(streams(first) / alone);
      shared.add(sharedPrefix(round));
      progress.step();
    }
    return new Result(
        Quantiles.median(prefill),
        Quantiles.median(decode),
        Quantiles.median(speculation),
        drafted == 0 ? 0 : (double) accepted / drafted,
        Quantiles.median(markers),
        Quantiles.median(json),
        Quantiles.median(streams),
        Quantiles.of(first),
        Quantiles.median(shared));
  }

  private double prefill(String text) {
    return TimedAnswer.of(model, List.of(UserMessage.from(text)), 1).promptTokensPerSecond();
  }

  private double decode(String prompt) {
    return TimedAnswer.of(model, List.of(UserMessage.from(prompt)), TOKENS).tokensPerSecond();
  }

  private double json(String prompt) {
    var schema = JsonObjectSchema.builder().addStringProperty("story").required("story").build();
    var format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("story").rootElement(schema).build())
            .build();
    var parameters =
        OpenAiChatRequestParameters.builder()
            .temperature(0.0)
            .maxOutputTokens(TOKENS)
            .responseFormat(format)
            .build();
    return TimedAnswer.start(model, List.of(UserMessage.from(prompt)), parameters)
        .join()
        .tokensPerSecond();
  }

  /** Tokens a second after the first words, over some answers. */
  private double answers(int round, Map<String, Object> custom) {
    var parameters =
        OpenAiChatRequestParameters.builder()
            .temperature(0.0)
            .maxOutputTokens(TOKENS)
            .customParameters(custom)
            .build();
    long tokens = 0;
    long nanos = 0;
    for (int i = 0; i < 4; i++) {
      var prompt = answers.get((round * 4 + i) % answers.size());
      var answer = TimedAnswer.start(model, prompt, parameters).join();
      tokens += answer.tokens() - 1;
      nanos += answer.totalNanos() - answer.firstNanos();
    }
    return tokens / (nanos / 1e9);
  }

  /** Tokens a second of all streams together, from the last one's first words on. */
  private double streams(List<Double> first) {
    var running =
        HEROES.stream()
            .map(hero -> List.<ChatMessage>of(UserMessage.from(STORY.formatted(hero + " at sea"))))
            .map(prompt -> TimedAnswer.start(model, prompt, TOKENS))
            .toList();
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    var done = running.stream().map(CompletableFuture::join).toList();
    done.forEach(answer -> first.add(answer.firstNanos() / 1e6));
    long slowest = done.stream().mapToLong(TimedAnswer::firstNanos).max().orElseThrow();
    long end = done.stream().mapToLong(TimedAnswer::totalNanos).max().orElseThrow();
    double tokens =
        done.stream()
            .mapToDouble(answer ->
                (answer.tokens() - 1.0)
                    * Math.min(
                        1, (end - slowest) / (double) (answer.totalNanos() - answer.firstNanos())))
            .sum();
    return tokens / ((end - slowest) / 1e9);
  }

  /** The time to the first words of a second question after the same long instructions. */
  private double sharedPrefix(int round) {
    var system = "Rules %d. ".formatted(round) + passages.substring(20_000, 21_600);
    var times =
        List.of("May I return it?", "What does delivery cost?").stream()
            .map(question -> List.of(SystemMessage.from(system), UserMessage.from(question)))
            .map(messages -> TimedAnswer.of(model, List.copyOf(messages), 1).firstNanos())
            .toList();
    return times.getLast() / (double) times.getFirst();
  }
}
