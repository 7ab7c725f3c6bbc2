package io.candor.chat.feedback;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Takes what customers and colleagues think of an answer. */
@Path("/api/v1/answers/{id}/feedback")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AnswerFeedbackResource {
  private final CurrentTenant current;
  private final Reviews reviews;

  AnswerFeedbackResource(CurrentTenant current, Reviews reviews) {
    this.current = current;
    this.reviews = reviews;
  }

  /** What was kept; the answer's text is the reviewers'. */
  record Kept(UUID id, Feedback.Rating rating, Feedback.State state) {}

  @POST
  @Operation(
      summary = "Says what one thinks of an answer: up or down, a comment, a correction",
      description =
          "Once an answer and author; it may be changed until somebody reviews it. Nothing is learnt before that.")
  public Kept put(@PathParam("id") String id, FeedbackRequest body) {
    var request = FeedbackRequest.checked(body);
    var kept = reviews.put(current.credential(), uuid("answer", id), request);
    return new Kept(kept.id(), kept.rating(), kept.state());
  }

  static UUID uuid(String of, String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException("no %s '%.40s': its id is a UUID".formatted(of, id), e);
    }
  }
}
