package io.candor.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An answer as the API gives it and the log keeps it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
    UUID answerId,
    UUID conversationId,
    String outcome,
    String reason,
    String text,
    List<Sentence> sentences,
    List<Citation> citations,
    Knowledge knowledge,
    Model model,
    Usage usage,
    Timings timings) {

  /** A sentence that was shown, with the numbers of the citations that support it. */
  record Sentence(String text, List<Integer> citations) {
    Sentence {
      citations = List.copyOf(citations);
    }

    /** The sentence followed by its markers, as in the answer's text. */
    String marked() {
      var markers = new StringBuilder(text);
      citations.forEach(n -> markers.append(" [").append(n).append(']'));
      return markers.toString();
    }
  }

  /** A quoted range of a stored version: {@code quote} is its text from start to end. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Citation(
      int n,
      String document,
      String title,
      int version,
      Instant validFrom,
      Instant validUntil,
      String url,
      String heading,
      String quote,
      int start,
      int end) {}

  /**
   * What the answer knew: the instant it is about, the last event in force, and how old that is.
   */
  record Knowledge(Instant asOf, String token, long lagMs) {}

  /** Who put it into words. */
  record Model(String base, String adapter) {}

  /** Tokens that a model read and wrote for it; 0 where none was asked. */
  record Usage(int promptTokens, int completionTokens) {}

  /** Milliseconds since the message came in. */
  record Timings(long retrieveMs, Long firstSentenceMs, long totalMs) {}
}
