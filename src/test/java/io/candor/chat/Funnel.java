package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.candor.TestConfig;
import io.candor.grounding.GroundingConfig;
import io.candor.grounding.Verifier;
import io.candor.knowledge.KnowledgeView;
import io.candor.knowledge.Token;
import io.candor.retrieval.Finding;
import io.candor.retrieval.Hit;
import io.candor.security.InjectionVerdict;
import io.candor.serving.AdapterSet;
import io.candor.serving.TextEmbeddingModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Tells for each question of a suite that is answered wrong where its answer was lost, without the
 * language model: a development tool, run by its main method on the database of a running demo.
 *
 * <p>Arguments: JDBC URL with user and password of the application's role, a file to remember
 * vectors in, and SUITE=TENANT=FILE, the questions' YAML, any number of times. The system property
 * set has settings, KEY=VALUE,KEY=VALUE, for ablations.
 */
final class Funnel {
  private static final int HITS = 30;

  /** Where the answer to a question was lost. */
  private enum Stage {
    RIGHT,
    NOT_FOUND,
    NOT_SELECTED,
    BELOW_THRESHOLD,
    NOT_SAID,
    SAID_TOO_MUCH,
    SHOULD_ABSTAIN,
    SHOULD_CLARIFY,
    CLARIFIED
  }

  private record Replied(Outcome outcome, String text, Draft draft, List<Part> parts) {}

  private final Connection connection;
  private final Finding finding;
  private final Finder finder;
  private final Decider decider;
  private final Speaker speaker;
  private final FollowUps followUps;
  private UUID tenant;
  private Instant asOf;

  private Funnel(Connection connection, TextEmbeddingModel model, String... settings) {
    var config = TestConfig.of(ChatConfig.class, settings);
    this.connection = connection;
    finding = Finding.of(connection, model, settings);
    finder =
        new Finder(
            finding.spelling(),
            finding.retriever(),
            finding.selector(),
            finding.answerability(),
            config);
    decider = new Decider(config);
    followUps = new FollowUps(new ScriptedModel(""), config);
    speaker =
        new Speaker(
            new Voice(new ScriptedModel(""), config, (_, _, _) -> List.of()),
            new Verifier(TestConfig.of(GroundingConfig.class)),
            config);
  }

  public static void main(String[] arguments) throws Exception {
    try (var model = new RememberedVectors(Path.of(arguments[1]));
        var connection = DriverManager.getConnection(arguments[0])) {
      connection.setAutoCommit(false);
      var settings = System.getProperty("set", "").split("[=,](?=.)");
      var given = settings.length > 1 ? settings : new String[0];
      var funnel = new Funnel(connection, model, given);
      for (var suite : Arrays.asList(arguments).subList(2, arguments.length)) {
        var parts = suite.split("=");
        funnel.run(parts[0], UUID.fromString(parts[1]), Path.of(parts[2]));
      }
    }
  }

  private void run(String suite, UUID tenant, Path file) throws Exception {
    this.tenant = tenant;
    try (var confine = connection.prepareStatement("select set_config('candor.tenant', ?, true)")) {
      confine.setString(1, tenant.toString());
      confine.execute();
    }
    var yaml = new YAMLMapper().readTree(file.toFile());
    var today = yaml.path("today").asText(Instant.now().toString());
    var stages = new TreeMap<Stage, Integer>();
    var byTag = new TreeMap<String, int[]>();
    int citations = 0;
    int rightCitations = 0;
    long millis = 0;
    for (var question : yaml.path("questions")) {
      asOf = Instant.parse(question.path("as_of").asText(today));
      var turns = new ArrayList<Conversations.Turn>();
      for (var earlier : question.path("history")) {
        turns.add(turn(earlier.asText(), turns));
      }
      long start = System.nanoTime();
      var replied = reply(question.path("question").asText(), turns);
      millis += (System.nanoTime() - start) / 1_000;
      var stage = stage(question.path("expect"), replied);
      stages.merge(stage, 1, Integer::sum);
      question
          .path("tags")
          .forEach(tag -> {
            var count = byTag.computeIfAbsent(tag.asText(), _ -> new int[2]);
            count[0] += stage == Stage.RIGHT ? 1 : 0;
            count[1]++;
          });
      var wanted = strings(question.path("expect").path("documents"));
      if (!wanted.isEmpty() && replied.outcome == Outcome.ANSWERED) {
        for (var citation : replied.draft.citations()) {
          citations++;
          rightCitations +=
              String.join("|", wanted).contains(citation.document())
                      || strings(question.path("expect").path("contains")).stream()
                          .anyMatch(citation.quote()::contains)
                  ? 1
                  : 0;
        }
      }
      print(suite, question, stage, replied);
    }
    System.out.printf(
        Locale.ROOT,
        "%n== %s %s citation precision %.3f (%d), %.1f ms a question%n   %s%n%n",
        suite,
        stages,
        rightCitations / (double) Math.max(1, citations),
        citations,
        millis / 1000.0 / yaml.path("questions").size(),
        byTag.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue()[0] + "/" + e.getValue()[1])
            .toList());
  }

  private Conversations.Turn turn(String message, List<Conversations.Turn> turns) {
    var standalone = String.join(" ", followUps.questions(message, turns));
    var replied = reply(message, turns);
    return new Conversations.Turn(message, standalone, replied.outcome.toString(), replied.text);
  }

  private Replied reply(String message, List<Conversations.Turn> turns) {
    var intent = Intent.of(message, turns);
    var view = new KnowledgeView(tenant, asOf, new Token.Sequence(0), 0);
    var questions = followUps.questions(message, turns);
    var parts =
        intent == Intent.QUESTION
            ? finder.find(questions, view)
            : List.of(Part.nothing(String.join(" ", questions), view));
    var draft = new Draft(_ -> {});
    var outcome = Optional.<Outcome>empty();
    var said = "";
    for (var part : parts) {
      var decision = decider.decide(intent, InjectionVerdict.BENIGN, part.findings());
      if (part.clarification().isPresent()) {
        said = part.clarification().get().text();
        outcome = Optional.of(outcome.orElse(Outcome.CLARIFY));
      } else if (decision instanceof Decision.Say say) {
        said = say.text();
        outcome = Optional.of(outcome.orElse(say.outcome()));
      } else {
        outcome = Optional.of(Outcome.ANSWERED);
        var audience = new SaidBefore.Audience(tenant, Optional.empty(), AdapterSet.NONE);
        speaker.speak(
            new Speaker.Speech(
                audience, part.question(), part.findings().evidence(), parts.size() > 1, false),
            draft);
      }
    }
    var text = outcome.get() == Outcome.ANSWERED ? draft.text() : said;
    return new Replied(outcome.get(), text, draft, parts);
  }

  private Stage stage(JsonNode expect, Replied replied) {
    var expected = expect.path("outcome").asText("answered");
    var isExpected = replied.outcome.toString().equals(expected);
    if (!expected.equals("answered")) {
      return isExpected
          ? Stage.RIGHT
          : expected.equals("clarify") ? Stage.SHOULD_CLARIFY : Stage.SHOULD_ABSTAIN;
    }
    if (isExpected) {
      var said = new StringBuilder(replied.text);
      var cited = new HashSet<String>();
      replied.draft.citations().forEach(c -> said.append('\n').append(c.quote()));
      replied.draft.citations().forEach(c -> cited.add(c.document()));
      if (strings(expect.path("absent")).stream().anyMatch(said.toString()::contains)) {
        return Stage.SAID_TOO_MUCH;
      }
      if (holds(expect, said.toString(), cited)) {
        return Stage.RIGHT;
      }
    }
    var hits = new StringBuilder();
    var selected = new StringBuilder();
    var found = new HashSet<String>();
    var documents = new HashSet<String>();
    for (var part : replied.parts) {
      for (Hit hit :
          finding.retriever().search(part.question(), HITS, part.findings().knowledge())) {
        hits.append(hit.source()).append('\n');
        found.add(hit.document());
      }
      for (var evidence : part.findings().evidence()) {
        selected.append(evidence.words()).append('\n').append(evidence.quote()).append('\n');
        documents.add(evidence.hit().document());
      }
    }
    return !holds(expect, hits.toString(), found)
        ? Stage.NOT_FOUND
        : !holds(expect, selected.toString(), documents)
            ? Stage.NOT_SELECTED
            : replied.outcome == Outcome.ABSTAINED
                ? Stage.BELOW_THRESHOLD
                : replied.outcome == Outcome.ANSWERED ? Stage.NOT_SAID : Stage.CLARIFIED;
  }

  private static boolean holds(JsonNode expect, String text, java.util.Set<String> documents) {
    return strings(expect.path("documents")).stream()
            .allMatch(wanted -> Arrays.stream(wanted.split("\\|")).anyMatch(documents::contains))
        && strings(expect.path("contains")).stream().allMatch(text::contains);
  }

  private void print(String suite, JsonNode question, Stage stage, Replied replied) {
    var expected = question.path("expect").path("outcome").asText("answered");
    if (replied.parts.size() == 1 && isCase(expected, stage)) {
      System.out.printf(
          "CASE %s %s %s%n",
          suite, expected.equals("answered"), features(replied.parts.getFirst()));
    }
    if (stage == Stage.RIGHT) {
      return;
    }
    System.out.printf(
        "%s %s %s | %s | %s%n",
        stage,
        question.path("id").asText(),
        question.path("tags"),
        question.path("question").asText(),
        question.path("expect"));
    for (var part : replied.parts) {
      System.out.printf(Locale.ROOT, "   %.3f %s%n", part.findings().probability(), asked(part));
      for (var evidence : part.findings().evidence()) {
        System.out.printf(
            Locale.ROOT,
            "      %.3f %s | %.140s%n",
            evidence.score(),
            evidence.hit().document(),
            evidence.words());
      }
    }
    System.out.printf("   > %s: %.300s%n", replied.outcome, replied.text);
  }

  /** What {@code AnswerabilityTrainer} may learn from: answers that were found, and none. */
  private static boolean isCase(String expected, Stage stage) {
    return expected.equals("answered") && stage != Stage.NOT_FOUND && stage != Stage.NOT_SELECTED
        || expected.equals("abstained");
  }

  private String features(Part part) {
    var hits = finding.retriever().search(asked(part), HITS, part.findings().knowledge());
    return finding.features(asked(part), hits, part.findings().evidence());
  }

  private static String asked(Part part) {
    return part.corrected().orElse(part.question());
  }

  private static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
