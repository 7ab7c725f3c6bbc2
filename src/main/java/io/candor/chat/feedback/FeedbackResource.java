package io.candor.chat.feedback;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The queue of feedback that waits for a reviewer, and what was approved. */
@Path("/api/v1/feedback")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FeedbackResource {
  private static final int MOST = 200;

  private final CurrentTenant current;
  private final Reviews reviews;

  FeedbackResource(CurrentTenant current, Reviews reviews) {
    this.current = current;
    this.reviews = reviews;
  }

  /** The oldest first. */
  record Queue(List<Feedback> feedback) {}

  @GET
  @Operation(summary = "Feedback that is open, approved or rejected, the oldest first")
  public Queue list(@QueryParam("state") @DefaultValue("open") String state) {
    return new Queue(reviews.list(current.id(), state(state), MOST));
  }

  private static Feedback.State state(String name) {
    return Arrays.stream(Feedback.State.values())
        .filter(state -> state.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new BadRequestException("'state' is open, approved or rejected"));
  }

  @POST
  @Path("{id}/review")
  @Operation(
      summary = "Approves or rejects feedback",
      description =
          "Approved words are learnt from. Each sentence must be supported by the facts that the model was given.")
  public Feedback review(@PathParam("id") String id, ReviewRequest body) {
    var request = ReviewRequest.checked(body);
    var feedback = AnswerFeedbackResource.uuid("feedback", id);
    return reviews.review(current.credential(), feedback, request);
  }

  @GET
  @Path("export")
  @Produces("application/jsonl")
  @Operation(summary = "What was approved, as a dataset: a training example a line")
  public String export() {
    return reviews.export(current.id());
  }
}
