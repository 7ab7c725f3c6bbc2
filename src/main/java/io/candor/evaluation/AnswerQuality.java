package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import io.candor.serving.BgeEmbeddingModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an answer's words are worth, whatever was expected of it: are they supported by what they
 * quote, do they speak about the question, are they near to a person's reply.
 */
final class AnswerQuality {
  static final List<Figure> FIGURES =
      Stream.concat(
              Stream.of(Figure.ratio("faithfulness", "supported sentences", "cited sentences")),
              Figure.means("answer relevance", "rouge-1", "rouge-2", "rouge-l", "bleu").stream())
          .toList();

  /** Loaded on first use: only suites that ask the chat need it. */
  private static final class Embeddings {
    private static final BgeEmbeddingModel MODEL = new BgeEmbeddingModel();
  }

  private final ServerUnderTest server;

  AnswerQuality(ServerUnderTest server) {
    this.server = server;
  }

  void grade(ResultDraft draft, Question question, JsonNode answer) {
    var cited =
        answer.path("sentences").valueStream().filter(s -> !s.path("citations").isEmpty()).toList();
    if (!cited.isEmpty()) {
      draft.score("cited sentences", cited.size());
      draft.score("supported sentences", supported(cited, answer.path("citations")));
    }
    var said = String.join(" ", answer.path("sentences").findValuesAsText("text"));
    if (said.isBlank()) {
      return;
    }
    draft.score("answer relevance", relevance(question.text(), said));
    if (question.expect().has("reference")) {
      var overlap = new TextOverlap(said, question.expect().path("reference").asText());
      overlap.scores().forEach(draft::score);
    }
  }

  /** Faithfulness: how many sentences the server's own verifier supports by their quotes alone. */
  private long supported(List<JsonNode> sentences, JsonNode citations) {
    var passages =
        citations
            .valueStream()
            .map(c -> Map.of("n", c.path("n").asInt(), "text", passage(c)))
            .toList();
    var claims =
        sentences.stream()
            .map(s -> Map.of("text", s.path("text").asText(), "citations", s.path("citations")))
            .toList();
    return server
        .post("/api/v1/verify", Map.of("sentences", claims, "passages", passages))
        .path("sentences")
        .valueStream()
        .filter(judged -> judged.path("verdict").asText().equals("supported"))
        .count();
  }

  /** A table's row comes with the columns' names, which the innermost heading holds. */
  static String passage(JsonNode citation) {
    var quote = citation.path("quote").asText();
    var heading = citation.path("heading").asText();
    var innermost = List.of(heading.split(" > ")).getLast();
    boolean isRow = quote.startsWith("|") && innermost.contains("|");
    var header = "| %s |".formatted(innermost);
    return isRow && !quote.equals(header) ? header + "\n" + quote : quote;
  }

  /**
   * The cosine of the question's vector, as a query, and the answer's, as a passage: a proxy for
   * the answer relevance of RAGAS (Es et al. 2024), which asks a large model for questions that the
   * answer would fit.
   */
  private static double relevance(String question, String said) {
    Embedding asked = Embeddings.MODEL.embedQuery(question);
    return CosineSimilarity.between(asked, Embeddings.MODEL.embed(said).content());
  }
}
