package io.candor.chat;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;

/** The chat API: a message in, a cited answer out, whole as JSON or sentence by sentence as SSE. */
@Path("/api/v1/chat")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChatResource {
  private final AnswerPipeline pipeline;
  private final CurrentTenant current;
  private final AnswerStreams streams;

  ChatResource(AnswerPipeline pipeline, CurrentTenant current, AnswerStreams streams) {
    this.pipeline = pipeline;
    this.current = current;
    this.streams = streams;
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Answer chat(ChatRequest request) {
    return pipeline.answer(current.credential(), checked(request), _ -> {});
  }

  /** Blocking is said because a Multi would otherwise be taken for the opposite. */
  @POST
  @Blocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> stream(
      ChatRequest request, @Context Sse sse, @Context RoutingContext http) {
    var who = current.credential();
    var question = checked(request);
    http.response().putHeader("X-Accel-Buffering", "no");
    return streams.stream(sse, listener -> pipeline.answer(who, question, listener));
  }

  private static Question checked(ChatRequest request) {
    return Optional.ofNullable(request)
        .orElseThrow(() -> new BadRequestException("the body is empty"))
        .question();
  }
}
