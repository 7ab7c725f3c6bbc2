package io.candor.chat;

import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
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
  public Answer chat(ChatRequest request, @Context RoutingContext http) {
    var question = checked(request);
    return pipeline.answer(current.credential(), question, Caller.at(http, _ -> {}));
  }

  @POST
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public StreamingOutput stream(ChatRequest request, @Context RoutingContext http) {
    var who = current.credential();
    var question = checked(request);
    return streams.stream(http, new ChatEvents(), caller -> pipeline.answer(who, question, caller));
  }

  private static Question checked(ChatRequest request) {
    return Optional.ofNullable(request)
        .orElseThrow(() -> new BadRequestException("the body is empty"))
        .question();
  }
}
