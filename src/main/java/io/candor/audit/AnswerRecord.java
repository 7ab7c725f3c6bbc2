package io.candor.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An answer as it is kept for good.
 *
 * @param id the answer's id
 * @param conversation the conversation it belongs to
 * @param outcome answered, clarify, abstained or handed_off
 * @param response the JSON that the caller was given
 * @param inputs canonical JSON of all that the answer was made from
 * @param citations the ranges of versions that it stands on
 * @param createdAt when it was made
 */
public record AnswerRecord(
    UUID id,
    UUID conversation,
    String outcome,
    String response,
    String inputs,
    List<Citation> citations,
    Instant createdAt) {
  public AnswerRecord {
    citations = List.copyOf(citations);
  }

  /** A cited range [start, end) of a version's text. */
  public record Citation(int n, UUID version, int start, int end) {}
}
