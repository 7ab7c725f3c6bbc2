package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Has the model say given facts, as it does in an answer, and grades the words: are they in the
 * brand's voice, and are the facts still there. What a question expects: {@code facts}, {@code
 * reference}, the reply in the brand's voice, and {@code plain}, the same without a voice.
 */
final class VoiceSuite implements DataSuite {
  static final String REFERENCE = "reference";
  static final String PLAIN = "plain";

  private static final String RIGHT = "task accuracy";

  /** Whether the classifier takes the reply for the brand's; and how sure it is, on average. */
  private static final String STYLE = "style";

  private static final String LIKENESS = "likeness";
  private static final String SUPPORTED = "supported sentences";
  private static final String SAID = "said sentences";
  private static final String MARKED = "marked sentences";
  private static final String RETAINED = "retained facts";
  private static final String SHOWN = "shown facts";
  private static final String GIVEN = "given facts";
  private static final String FIRST_SENTENCE = "first sentence ms";

  /** As long for every voice: one that says more in its first sentence is not slower for that. */
  static final String PACE = "20 tokens ms";

  private static final int PACE_TOKENS = 20;
  private static final String IDEAL = "reference sentences";
  private static final String IDEAL_SUPPORTED = "supported reference sentences";
  private static final String OWN = "own";

  static final List<Figure> FIGURES =
      Stream.of(
              Figure.means(STYLE, RIGHT),
              List.of(
                  Figure.ratio("faithfulness", SUPPORTED, SAID),
                  Figure.ratio("facts retained", RETAINED, GIVEN),
                  Figure.ratio("facts retained after verification", SHOWN, GIVEN),
                  Figure.ratio("markers kept", MARKED, SAID),
                  Figure.perplexity("perplexity of references", REFERENCE),
                  Figure.perplexity("perplexity of what is said", OWN),
                  Figure.median(FIRST_SENTENCE).toLower(),
                  Figure.median(PACE).toLower()),
              Figure.means("bleu", "rouge-1", "rouge-2", "rouge-l"),
              List.of(Figure.ratio("faithfulness of references", IDEAL_SUPPORTED, IDEAL)),
              Figure.means(
                  LIKENESS,
                  "likeness of references",
                  "likeness of plain replies",
                  "style of references",
                  "style of plain replies"))
          .flatMap(List::stream)
          .toList();

  private final SuiteDefinition definition;
  private final Dataset data;
  private VoiceStyle style;

  VoiceSuite(SuiteDefinition definition, Dataset data) {
    this.definition = definition;
    this.data = data;
  }

  @Override
  public SuiteDefinition definition() {
    return definition;
  }

  @Override
  public Dataset data() {
    return data;
  }

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server =
        definition.demo()
            ? tenants.demo()
            : tenants.named(Loading.tenant(definition.name(), question.tenant()));
    return ask(question, server, Optional.empty());
  }

  /**
   * Asks with one adapter.
   *
   * @param adapter its name, or {@code none}; what the tenant's voice has where it is empty
   */
  Result ask(Question question, ServerUnderTest server, Optional<String> adapter) {
    var facts = question.expected("facts");
    var reference = question.expect().path(REFERENCE).asText();
    var start = System.nanoTime();
    var body = new HashMap<String, Object>();
    body.putAll(Map.of("question", question.text(), "facts", facts, REFERENCE, reference));
    adapter.ifPresent(name -> body.put("adapter", name));
    var reply = server.post("/api/v1/voice/replies", body);
    var draft = new ResultDraft(question).took("reply", (System.nanoTime() - start) / 1e6);
    if (reply.has("first_sentence_ms")) {
      draft.score(FIRST_SENTENCE, reply.path("first_sentence_ms").asDouble());
    }
    gradePace(draft, reply);
    perplexity(draft, OWN, reply.path("likelihood"));
    perplexity(draft, REFERENCE, reply.path(REFERENCE));
    var sentences = reply.path("sentences").valueStream().toList();
    var said = texts(sentences);
    gradeStyle(draft, question, said);
    var given = new VoiceFacts(server, facts);
    var fault = gradeFacts(draft, given, question, sentences);
    var shown = Question.strings(reply.path("shown"));
    draft.score(SHOWN, given.withValues().size() - given.lost(shown).size());
    var words = String.join(" ", said);
    new TextOverlap(words, MarkedReply.of(reference).text()).scores().forEach(draft::score);
    return draft.done(reference, words, passages(facts), fault);
  }

  private static void gradePace(ResultDraft draft, JsonNode reply) {
    int others = reply.path("likelihood").path("tokens").asInt() - 1;
    if (reply.has("first_words_ms") && others > 0) {
      double each = reply.path("other_words_ms").asDouble() / others;
      draft.score(PACE, reply.path("first_words_ms").asDouble() + each * (PACE_TOKENS - 1));
    }
  }

  private static void perplexity(ResultDraft draft, String whose, JsonNode likelihood) {
    if (likelihood.has("tokens")) {
      draft.score(whose + Figure.TOKENS, likelihood.path("tokens").asInt());
      draft.score(whose + Figure.LOG_PROBABILITY, likelihood.path("log_probability").asDouble());
    }
  }

  private synchronized void gradeStyle(ResultDraft draft, Question question, List<String> said) {
    if (style == null) {
      style = VoiceStyle.of(data);
    }
    gradeStyle(draft, "", style.of(question, said));
    gradeStyle(draft, " of references", style(question, REFERENCE));
    gradeStyle(draft, " of plain replies", style(question, PLAIN));
  }

  private static void gradeStyle(ResultDraft draft, String whose, double likeness) {
    draft.score(LIKENESS + whose, likeness).score(STYLE + whose, likeness > 0.5);
  }

  private double style(Question question, String kind) {
    return style.of(question, MarkedReply.of(question.expect().path(kind).asText()).texts());
  }

  /** What is wrong with the facts; empty where nothing is. */
  private static String gradeFacts(
      ResultDraft draft, VoiceFacts facts, Question question, List<JsonNode> sentences) {
    var said = texts(sentences);
    var unsupported = facts.unsupported(said);
    var lost = facts.lost(said);
    long marked = sentences.stream().filter(s -> !s.path("citations").isEmpty()).count();
    draft.score(SAID, said.size()).score(SUPPORTED, said.size() - unsupported.size());
    int values = facts.withValues().size();
    draft.score(GIVEN, values).score(RETAINED, values - lost.size()).score(MARKED, marked);
    draft.score(RIGHT, unsupported.isEmpty() && lost.isEmpty() && !said.isEmpty());
    var ideal = MarkedReply.of(question.expect().path(REFERENCE).asText()).texts();
    draft.score(IDEAL, ideal.size());
    draft.score(IDEAL_SUPPORTED, ideal.size() - facts.unsupported(ideal).size());
    return VoiceFacts.fault(unsupported, lost);
  }

  private static List<String> texts(List<JsonNode> sentences) {
    return sentences.stream().map(sentence -> sentence.path("text").asText()).toList();
  }

  private static List<Result.Passage> passages(List<String> facts) {
    return facts.stream().map(fact -> Result.passage("", "fact", fact, true)).toList();
  }
}
