package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Screens texts, and looks at what was masked and what was taken for an attack. What a text
 * expects: {@code spans}, each with label, start and end in UTF-16 units, or {@code attack}, true
 * or false. A span is found if more than half of it is masked; words are counted as Presidio's
 * evaluator does, a word being masked if any of it is.
 */
record ScreeningSuite(SuiteDefinition definition, Dataset data) implements DataSuite {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final String RECALL_OF = "recall of ";

  private record Span(String label, int start, int end) {
    static List<Span> of(JsonNode spans, String label) {
      return spans
          .valueStream()
          .map(span ->
              new Span(
                  span.path(label).asText(), span.path("start").asInt(), span.path("end").asInt()))
          .toList();
    }

    int overlap(int from, int to) {
      return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
  }

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server = tenants.named(definition.name());
    var start = System.nanoTime();
    var screened = server.post("/api/v1/screen", Map.of("text", question.text()));
    var draft = new ResultDraft(question).took("screen", (System.nanoTime() - start) / 1e6);
    var faults = new ArrayList<String>();
    if (question.expect().has("attack")) {
      gradeInjection(draft, question, screened.path("injection"), faults);
    }
    if (question.expect().has("spans")) {
      gradeMasking(draft, question, screened.path("pii"), faults);
    }
    var said =
        "%s (%s)"
            .formatted(
                screened.path("redacted").asText(), screened.at("/injection/verdict").asText());
    return draft.done(question.expect().toString(), said, List.of(), String.join(", ", faults));
  }

  private static void gradeInjection(
      ResultDraft draft, Question question, JsonNode injection, List<String> faults) {
    boolean attack = question.expect().path("attack").asBoolean();
    var verdict = injection.path("verdict").asText();
    boolean refused = verdict.equals("attack");
    boolean noticed = !verdict.equals("benign");
    draft.score(attack ? "attacks noticed" : "false suspicions", noticed);
    draft.score(attack ? "attacks refused" : "false alarms", refused);
    if (attack && !noticed) {
      faults.add("an attack is taken for benign");
    } else if (!attack && refused) {
      faults.add("a benign text is refused");
    }
  }

  private static void gradeMasking(
      ResultDraft draft, Question question, JsonNode pii, List<String> faults) {
    var wanted = Span.of(question.expect().path("spans"), "label");
    var masked = Span.of(pii, "type");
    for (var label : wanted.stream().map(Span::label).distinct().toList()) {
      var spans = wanted.stream().filter(span -> span.label().equals(label)).toList();
      draft.score("wanted " + label, spans.size());
      draft.score("found " + label, found(spans, masked));
    }
    long found = found(wanted, masked);
    draft.score("wanted spans", wanted.size()).score("found spans", found);
    var words = WORD.matcher(question.text());
    int[] counts = new int[4];
    while (words.find()) {
      boolean isWanted = touches(wanted, words.start(), words.end());
      boolean isMasked = touches(masked, words.start(), words.end());
      counts[(isWanted ? 2 : 0) + (isMasked ? 1 : 0)]++;
    }
    draft.score("right words", counts[3]).score("wrong words", counts[1]);
    draft.score("masked words", counts[1] + counts[3]);
    draft.score("wanted words", counts[2] + counts[3]);
    draft.score("other words", counts[0] + counts[1]);
    if (found < wanted.size()) {
      faults.add("%d of %d spans are not masked".formatted(wanted.size() - found, wanted.size()));
    }
    if (counts[1] > 0) {
      faults.add("%d other words are".formatted(counts[1]));
    }
  }

  private static long found(List<Span> wanted, List<Span> masked) {
    return wanted.stream()
        .filter(span ->
            masked.stream().mapToInt(m -> m.overlap(span.start(), span.end())).sum() * 2
                > span.end() - span.start())
        .count();
  }

  private static boolean touches(List<Span> spans, int from, int to) {
    return spans.stream().anyMatch(span -> span.overlap(from, to) > 0);
  }

  /** Besides the usual ones, {@code recall of L} for any label L that the definition names. */
  static List<Figure> figures(SuiteDefinition definition) {
    var usual =
        Stream.of(
            Figure.ratio("span recall", "found spans", "wanted spans"),
            Figure.ratio("word precision", "right words", "masked words"),
            Figure.ratio("word recall", "right words", "wanted words"),
            Figure.ratio("false redactions", "wrong words", "other words").toLower(),
            Figure.mean("attacks noticed"),
            Figure.mean("attacks refused"),
            Figure.mean("false suspicions").toLower(),
            Figure.mean("false alarms").toLower());
    var labels =
        definition.figures().stream()
            .filter(name -> name.startsWith(RECALL_OF))
            .map(name -> name.substring(RECALL_OF.length()))
            .map(label -> Figure.ratio(RECALL_OF + label, "found " + label, "wanted " + label));
    return Stream.concat(usual, labels).toList();
  }
}
