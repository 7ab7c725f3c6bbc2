package io.candor.chat.feedback;

import jakarta.ws.rs.BadRequestException;
import java.util.Optional;

/** What somebody thinks of an answer, as a client sends it. */
record FeedbackRequest(Feedback.Rating rating, String comment, String correction) {
  private static final int LONGEST = 4_000;

  /** The body, checked: 400 names the field that is wrong. */
  static FeedbackRequest checked(FeedbackRequest body) {
    if (body == null || body.rating == null) {
      throw new BadRequestException("'rating' is up or down");
    }
    check("'comment'", body.comment);
    check("'correction'", body.correction);
    return body;
  }

  static void check(String name, String text) {
    if (text != null && (text.length() > LONGEST || text.indexOf('\0') >= 0)) {
      throw new BadRequestException("%s has at most %,d characters".formatted(name, LONGEST));
    }
  }

  static Optional<String> given(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(words -> !words.isEmpty());
  }
}
