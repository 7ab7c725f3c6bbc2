package io.candor.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.candor.chat.CompletionsRefusal;
import io.candor.knowledge.StaleKnowledgeException;
import io.candor.serving.BusyException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a resource into a {@link Problem}; never a stack trace. */
@Provider
class Problems implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final List<String> KEPT_HEADERS =
      List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER, HttpHeaders.ALLOW);

  @Override
  public Response toResponse(Throwable failure) {
    return switch (failure) {
      case WebApplicationException e when e.getCause() instanceof JsonProcessingException json ->
          unreadable(json);
      case CompletionsRefusal e ->
          Problem.of(
                  e.code().replace('_', '-'),
                  e.getResponse().getStatusInfo(),
                  e.getMessage(),
                  e.param())
              .response();
      case WebApplicationException e -> refused(e);
      case JsonProcessingException e -> unreadable(e);
      case StaleKnowledgeException e ->
          Problem.of("stale", Status.CONFLICT, e.getMessage()).response();
      case BusyException e -> busy(e);
      default -> failed(failure);
    };
  }

  /** Quarkus has a mapper of its own for this type, which would say less. */
  @ServerExceptionMapper
  Response mismatched(MismatchedInputException e) {
    return unreadable(e);
  }

  private static Response unreadable(JsonProcessingException e) {
    return Problem.of("bad-request", Status.BAD_REQUEST, describe(e)).response();
  }

  private static Response refused(WebApplicationException e) {
    var given = e.getResponse();
    var status = Optional.<Response.StatusType>ofNullable(given.getStatusInfo());
    var problem = Problem.of(name(given.getStatus()), status.orElse(Status.BAD_REQUEST), detail(e));
    var response = Response.fromResponse(problem.response());
    for (var header : KEPT_HEADERS) {
      Optional.ofNullable(given.getHeaderString(header)).ifPresent(v -> response.header(header, v));
    }
    return response.build();
  }

  private static Response busy(BusyException e) {
    var problem = Problem.of("too-many-requests", Status.TOO_MANY_REQUESTS, e.getMessage());
    return Response.fromResponse(problem.response())
        .header(HttpHeaders.RETRY_AFTER, e.retryAfter().toSeconds())
        .build();
  }

  private static Response failed(Throwable e) {
    var incident = UUID.randomUUID();
    LOG.errorf(e, "incident %s", incident);
    var detail =
        "something broke here; the server's log has it under incident %s".formatted(incident);
    return Problem.of("internal", Status.INTERNAL_SERVER_ERROR, detail).response();
  }

  private static String name(int status) {
    return switch (status) {
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405 -> "method-not-allowed";
      case 406 -> "not-acceptable";
      case 409 -> "conflict";
      case 413 -> "too-large";
      case 415 -> "unsupported-media-type";
      case 429 -> "too-many-requests";
      case 503 -> "busy";
      default -> status < 500 ? "bad-request" : "internal";
    };
  }

  /** The message, unless it is the one that JAX-RS makes of the status. */
  private static String detail(WebApplicationException e) {
    var message = e.getMessage();
    return message == null || message.startsWith("HTTP ") ? null : message;
  }

  /** Where and why, without the names of our classes. */
  private static String describe(JsonProcessingException e) {
    var path = e instanceof JsonMappingException mapping ? path(mapping) : "";
    var at =
        Optional.ofNullable(e.getLocation())
            .map(l -> " (line %d, column %d)".formatted(l.getLineNr(), l.getColumnNr()))
            .orElse("");
    return path.isEmpty()
        ? "the body is not the JSON that is expected here" + at
        : "the field '%s' is unknown or its value is not of the form expected%s"
            .formatted(path, at);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
