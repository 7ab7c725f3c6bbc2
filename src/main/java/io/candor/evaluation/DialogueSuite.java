package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the next turn of dialogues between other people: does it see that the last turn seeks
 * knowledge, which documents does it choose, and how near is its reply to a person's. What a
 * question expects: {@code documents}, the keys of all that are relevant, and {@code reference}, a
 * person's reply; neither where the turn seeks no knowledge. {@code query} is what search is asked,
 * where that is more than the last turn.
 *
 * <p>A turn is taken to seek knowledge where the chat answers it, and the documents chosen are
 * those that the answer cites. The chat hears the customer's turns alone, because a conversation
 * holds no replies but Candor's own. Detection, selection and the overlap with the reference are
 * counted as the scorer of DSTC11, track 5, does, but without stemming: an answer where none was
 * sought, or none where one was, counts as no overlap.
 */
record DialogueSuite(SuiteDefinition definition, Dataset data) implements DataSuite {
  private static final String ANSWERED = "answered";
  private static final String RIGHTLY_ANSWERED = "rightly answered";
  private static final String SEEKING = "seeking";
  private static final String CHOSEN = "chosen documents";
  private static final String RIGHTLY_CHOSEN = "rightly chosen documents";
  private static final String RELEVANT = "relevant documents";
  private static final List<String> OVERLAPS = List.of("rouge-1", "rouge-2", "rouge-l", "bleu");

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server = tenants.named(Loading.tenant(definition.name(), question.tenant()));
    var relevant = Set.copyOf(question.expected("documents"));
    boolean seeks = !relevant.isEmpty();
    var draft = new ResultDraft(question);
    var start = System.nanoTime();
    var answer = AnswersSuite.send(question, server);
    draft.took("answer", (System.nanoTime() - start) / 1e6);
    boolean answered = answer.path("outcome").asText().equals(ANSWERED);
    draft
        .score(ANSWERED, answered)
        .score(SEEKING, seeks)
        .score(RIGHTLY_ANSWERED, answered && seeks);
    gradeChoice(draft, AnswersSuite.cited(answer), relevant);
    if (answered && seeks) {
      gradeWords(draft, question, answer);
    }
    var faults = new ArrayList<String>();
    if (answered != seeks) {
      faults.add(seeks ? "is not answered" : "is answered, and seeks no knowledge");
    }
    var found = seeks ? search(server, question) : List.<JsonNode>of();
    if (seeks) {
      var keys = found.stream().map(hit -> hit.path("document").asText()).toList();
      var ranking = Ranking.of(keys, relevant);
      RetrievalSuite.score(draft, ranking, definition);
      if (ranking.hit(RetrievalSuite.ANSWERED_FROM) == 0) {
        faults.add("nothing relevant in the first " + RetrievalSuite.ANSWERED_FROM);
      }
    }
    return draft.done(
        seeks ? question.expect().path("reference").asText() : "no answer from documents",
        answer.path("text").asText(),
        RetrievalSuite.passages(found, relevant),
        String.join(", ", faults));
  }

  private List<JsonNode> search(ServerUnderTest server, Question question) {
    var query = question.expect().path("query").asText(question.text());
    var body = Map.of("query", query, "k", definition.results());
    return server.post("/api/v1/search", body).path("results").valueStream().toList();
  }

  private static void gradeChoice(ResultDraft draft, Set<String> chosen, Set<String> relevant) {
    draft.score(CHOSEN, chosen.size()).score(RELEVANT, relevant.size());
    draft.score(RIGHTLY_CHOSEN, chosen.stream().filter(relevant::contains).count());
    if (!chosen.isEmpty() || !relevant.isEmpty()) {
      draft.score("exact selection", chosen.equals(relevant));
    }
  }

  private static void gradeWords(ResultDraft draft, Question question, JsonNode answer) {
    var said = String.join(" ", answer.path("sentences").findValuesAsText("text"));
    var overlap = new TextOverlap(said, question.expect().path("reference").asText());
    overlap.scores().forEach(draft::score);
  }

  static List<Figure> figures(SuiteDefinition definition) {
    var figures = new ArrayList<Figure>();
    figures.add(Figure.f1("detection f1", RIGHTLY_ANSWERED, ANSWERED, SEEKING));
    figures.add(Figure.ratio("detection precision", RIGHTLY_ANSWERED, ANSWERED));
    figures.add(Figure.ratio("detection recall", RIGHTLY_ANSWERED, SEEKING));
    figures.add(Figure.f1("selection f1", RIGHTLY_CHOSEN, CHOSEN, RELEVANT));
    figures.add(Figure.ratio("selection precision", RIGHTLY_CHOSEN, CHOSEN));
    figures.add(Figure.ratio("selection recall", RIGHTLY_CHOSEN, RELEVANT));
    figures.add(Figure.mean("exact selection"));
    OVERLAPS.forEach(overlap -> figures.add(Figure.f1(overlap, overlap, ANSWERED, SEEKING)));
    figures.addAll(RetrievalSuite.figures(definition));
    return figures;
  }
}
