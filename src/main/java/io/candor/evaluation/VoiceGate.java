package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares an adapter with what speaks now, on held-out questions, before it may speak to
 * customers. Each question is asked of both, either of them first by turns, so that what else the
 * machine does meanwhile meets both alike.
 */
public final class VoiceGate {
  private static final double CONFIDENCE = 0.95;
  private static final String NO_ADAPTER = "none";
  private static final String ABSTAINED = "abstained";

  private final Path folder;
  private final Sample sample;
  private final PrintStream out;

  /** The folder, a new one, keeps the results; out gets the progress. */
  public VoiceGate(Path folder, Sample sample, PrintStream out) {
    this.folder = folder;
    this.sample = sample;
    this.out = out;
  }

  /**
   * Two adapters of a server's tenant.
   *
   * @param against another, or {@code none} for the base alone
   */
  public record Contest(ServerUnderTest server, String candidate, String against) {
    public Contest {
      if (candidate.equals(against)) {
        throw new IllegalArgumentException("'%s' is compared with itself".formatted(candidate));
      }
    }
  }

  private interface Asking {
    Result ask(Question question, String adapter);
  }

  private record Outcome(List<Scores> before, List<Scores> after, int failed) {}

  /**
   * @param voice the held-out questions: a suite of the kind voice
   * @param answers a suite of the kind answers, of which those questions are asked that are not to
   *     be answered
   */
  public VoiceVerdict run(Suite voice, Suite answers, Contest contest) throws IOException {
    if (!(voice instanceof VoiceSuite heldOut)) {
      throw new IllegalArgumentException(voice.definition().name() + " is no suite of a voice");
    }
    var server = contest.server();
    var spoken =
        compare(
            "voice",
            sampled(heldOut),
            contest,
            (question, adapter) -> heldOut.ask(question, server, Optional.of(adapter)));
    var silent =
        compare(
            "abstentions",
            unanswerable(answers),
            contest,
            (question, adapter) -> abstains(question, server, adapter));
    var comparisons =
        new ArrayList<>(
            Comparison.of(VoiceSuite.FIGURES, spoken.before(), spoken.after(), CONFIDENCE));
    comparisons.addAll(kept(silent));
    return verdict(heldOut, contest, comparisons, spoken, silent);
  }

  private List<Question> sampled(Suite suite) throws IOException {
    try (var questions = sample.of(suite)) {
      return questions.toList();
    }
  }

  /** Those that the suite expects no answer to, and that need nothing said before. */
  private static List<Question> unanswerable(Suite suite) throws IOException {
    try (var questions = suite.questions()) {
      return questions
          .filter(question -> question.expect().path("outcome").asText().equals(ABSTAINED))
          .filter(question -> question.history().isEmpty())
          .toList();
    }
  }

  private static Result abstains(Question question, ServerUnderTest server, String adapter) {
    var body = new HashMap<>(Map.of("message", question.text(), "adapter", adapter));
    if (!question.asOf().isEmpty()) {
      body.put("as_of", question.asOf());
    }
    var answer = server.post("/api/v1/chat", body);
    var outcome = answer.path("outcome").asText();
    return new ResultDraft(question)
        .score(ABSTAINED, outcome.equals(ABSTAINED))
        .done(ABSTAINED, outcome, List.of(), "");
  }

  /** Of the questions that are not answered now; what is answered now is no abstention to keep. */
  private static List<Comparison> kept(Outcome silent) {
    var before = silent.before().stream().filter(scores -> scores.get(ABSTAINED) == 1).toList();
    var figure = new Figure(VoiceRule.ABSTENTIONS, true, Figure.mean(ABSTAINED).aggregate());
    return Comparison.of(List.of(figure), before, silent.after(), CONFIDENCE);
  }

  private Outcome compare(String name, List<Question> questions, Contest contest, Asking asking)
      throws IOException {
    var progress = new Progress(out, name, questions.size());
    try (var candidate = WorkFile.open(file(name, "candidate"));
        var against = WorkFile.open(file(name, "against"))) {
      for (int i = 0; i < questions.size(); i++) {
        var question = questions.get(i);
        if (i % 2 == 0) {
          candidate.add(result(question, contest.candidate(), asking));
          against.add(result(question, contest.against(), asking));
        } else {
          against.add(result(question, contest.against(), asking));
          candidate.add(result(question, contest.candidate(), asking));
        }
        progress.step();
      }
    }
    var before = new ArrayList<Scores>();
    var after = new ArrayList<Scores>();
    int failed = read(file(name, "against"), before) + read(file(name, "candidate"), after);
    return new Outcome(before, after, failed);
  }

  private Path file(String name, String side) {
    return folder.resolve("%s.%s.jsonl".formatted(name, side));
  }

  private static Result result(Question question, String adapter, Asking asking) {
    try {
      return asking.ask(question, adapter);
    } catch (ServerUnderTest.Refused e) {
      return Result.failed(question, e.getMessage());
    }
  }

  private static int read(Path file, List<Scores> scores) throws IOException {
    int[] failed = {0};
    WorkFile.read(
        file,
        result -> {
          if (result.error() == null) {
            scores.add(result.slim(false));
          } else {
            failed[0]++;
          }
        });
    return failed[0];
  }

  private static VoiceVerdict verdict(
      Suite voice, Contest contest, List<Comparison> measured, Outcome spoken, Outcome silent) {
    boolean followsAnother = !contest.against().equals(NO_ADAPTER);
    var lines = VoiceRule.all(followsAnother).stream().map(rule -> line(rule, measured)).toList();
    int failed = spoken.failed() + silent.failed();
    return new VoiceVerdict(
        contest.candidate(),
        contest.against(),
        voice.definition().name(),
        spoken.after().size(),
        failed,
        failed == 0 && lines.stream().allMatch(VoiceVerdict.Line::passed),
        lines);
  }

  private static VoiceVerdict.Line line(VoiceRule rule, List<Comparison> measured) {
    return measured.stream()
        .filter(comparison -> comparison.figure().equals(rule.figure()))
        .findFirst()
        .map(it ->
            new VoiceVerdict.Line(
                rule.figure(),
                it.before(),
                it.after(),
                it.low(),
                it.high(),
                rule.words(),
                rule.passes(it)))
        .orElseGet(() ->
            new VoiceVerdict.Line(
                rule.figure(), null, null, null, null, rule.words(), rule.optional()));
  }
}
