package io.candor.evaluation;

import io.candor.chat.NormalisedQuestion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at which questions the chat takes for asked in the same words: what it said to one, it says
 * to the other where the facts are the same too. That tells how often a question would be a repeat
 * at most, and that no two that ask different things ever are. What a question expects: {@code
 * intent}. No server is asked.
 */
final class CachingSuite implements DataSuite {
  static final List<Figure> FIGURES =
      List.of(Figure.sumToLower("other intents' answers"), Figure.mean("repeats"));

  private final SuiteDefinition definition;
  private final Dataset data;

  /** The first question of each form. */
  private final Map<String, Question> remembered = new HashMap<>();

  CachingSuite(SuiteDefinition definition, Dataset data) throws IOException {
    this.definition = definition;
    this.data = data;
    try (var questions = data.questions()) {
      questions.forEach(q -> remembered.putIfAbsent(NormalisedQuestion.of(q.text()), q));
    }
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
    var form = NormalisedQuestion.of(question.text());
    var first = remembered.get(form);
    boolean repeats = !first.id().equals(question.id());
    boolean isOther = !intent(first).equals(intent(question));
    return new ResultDraft(question)
        .score("repeats", repeats)
        .score("other intents' answers", isOther)
        .done(
            intent(question),
            form,
            List.of(),
            isOther ? "is taken for %s: %s".formatted(intent(first), first.text()) : "");
  }

  private static String intent(Question question) {
    return question.expect().path("intent").asText();
  }
}
