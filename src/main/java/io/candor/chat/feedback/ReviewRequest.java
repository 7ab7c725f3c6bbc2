package io.candor.chat.feedback;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.BadRequestException;

/**
 * What a reviewer decides.
 *
 * @param correction the words to learn; without them, the author's correction, or the answer's own
 * @param force whether sentences are let through that the facts do not support
 */
record ReviewRequest(Decision decision, String correction, boolean force) {
  /** What becomes of the feedback. */
  enum Decision {
    @JsonProperty("approved")
    APPROVED,
    @JsonProperty("rejected")
    REJECTED
  }

  /** The body, checked: 400 names the field that is wrong. */
  static ReviewRequest checked(ReviewRequest body) {
    if (body == null || body.decision == null) {
      throw new BadRequestException("'decision' is approved or rejected");
    }
    FeedbackRequest.check("'correction'", body.correction);
    return body;
  }
}
