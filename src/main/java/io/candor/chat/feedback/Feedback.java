package io.candor.chat.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody thinks of an answer, and what became of it.
 *
 * @param author the API key or the widget session that said so
 * @param question what was asked, and {@code answer} what was shown
 * @param correction what it should have said
 * @param approved the words that are learnt from, marked with the numbers of their facts
 * @param forced whether they say more than the facts
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Feedback(
    UUID id,
    UUID answerId,
    String author,
    Rating rating,
    State state,
    String question,
    String answer,
    Optional<String> comment,
    Optional<String> correction,
    Optional<String> approved,
    boolean forced,
    Instant createdAt) {

  /** What somebody thinks. */
  enum Rating {
    @JsonProperty("up")
    UP,
    @JsonProperty("down")
    DOWN;

    /** As the database has it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where it is in its review. */
  enum State {
    @JsonProperty("open")
    OPEN,
    @JsonProperty("approved")
    APPROVED,
    @JsonProperty("rejected")
    REJECTED;

    /** As the database has it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
