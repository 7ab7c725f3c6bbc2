package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The same answers as {@link ChatResource} gives, in the shape that OpenAI's clients know. */
@Path("/v1")
@RunOnVirtualThread
public class CompletionsResource {
  private final AnswerPipeline pipeline;
  private final CompletionsHistory history;
  private final CurrentTenant current;
  private final AnswerStreams streams;
  private final ObjectMapper json;
  private final Clock clock;
  private final Instant started;

  CompletionsResource(
      AnswerPipeline pipeline,
      CompletionsHistory history,
      CurrentTenant current,
      AnswerStreams streams,
      ObjectMapper json,
      Clock clock) {
    this.pipeline = pipeline;
    this.history = history;
    this.current = current;
    this.streams = streams;
    this.json = json;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** The models there are. */
  public record Models(String object, List<Model> data) {}

  /** A voice in which answers are given. */
  public record Model(String id, String object, long created, String ownedBy) {}

  @POST
  @Path("/chat/completions")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "A grounded answer in the shape of OpenAI's chat completions",
      description =
          """
          The last user message is the question, the messages before it are its context; system messages do not \
          change what is answered. Citations are annotations of the type url_citation; 'candor' is the answer as \
          POST /api/v1/chat gives it. With "stream": true, chunks of one sentence each and 'data: [DONE]'.\
          """)
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "question",
                      value =
                          """
                          {"model": "candor", "messages": [{"role": "user", "content": "How long can I return it?"}]}\
                          """)))
  @APIResponse(
      responseCode = "200",
      description = "A chat.completion, or a stream of chat.completion.chunk",
      content = {
        @Content(mediaType = MediaType.APPLICATION_JSON),
        @Content(mediaType = MediaType.SERVER_SENT_EVENTS)
      })
  public Response complete(JsonNode body, @Context RoutingContext http, @Context UriInfo uri) {
    var request = CompletionsRequest.of(body);
    var question = request.question().following(history.turns(request.before()));
    var who = current.credential();
    var shape = new CompletionsBody(json, uri.getBaseUri(), request.model(), clock.instant());
    if (!request.stream()) {
      var answer = pipeline.answer(who, question, Caller.at(http, _ -> {}));
      return Response.ok(shape.completion(answer), MediaType.APPLICATION_JSON).build();
    }
    var events = new CompletionsEvents(shape, json, request.usage());
    var stream = streams.stream(http, events, caller -> pipeline.answer(who, question, caller));
    return Response.ok(stream, MediaType.SERVER_SENT_EVENTS).build();
  }

  @GET
  @Path("/models")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The names that 'model' can have")
  public Models models() {
    return new Models("list", CompletionsRequest.models().stream().map(this::model).toList());
  }

  @GET
  @Path("/models/{model}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "One of the models")
  public Model model(@PathParam("model") String name) {
    if (!CompletionsRequest.models().contains(name)) {
      throw CompletionsRefusal.unknownModel(name);
    }
    return new Model(name, "model", started.getEpochSecond(), "candor");
  }
}
