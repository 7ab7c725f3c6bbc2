package io.candor.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.candor.knowledge.StaleKnowledgeException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a resource into a {@link Problem}; never a stack trace. */
class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  @ServerExceptionMapper
  Response unreadable(JsonProcessingException e) {
    return Problem.of("bad-request", Status.BAD_REQUEST, describe(e)).response();
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return unreadable(json);
    }
    var given = e.getResponse();
    var status = Optional.<Response.StatusType>ofNullable(given.getStatusInfo());
    var problem = Problem.of(name(given.getStatus()), status.orElse(Status.BAD_REQUEST), detail(e));
    var response = Response.fromResponse(problem.response());
    for (var header :
        new String[] {HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER, HttpHeaders.ALLOW}) {
      Optional.ofNullable(given.getHeaderString(header)).ifPresent(v -> response.header(header, v));
    }
    return response.build();
  }

  @ServerExceptionMapper
  Response stale(StaleKnowledgeException e) {
    return Problem.of("stale", Status.SERVICE_UNAVAILABLE, e.getMessage()).response();
  }

  @ServerExceptionMapper
  Response failed(Throwable e) {
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

  /** The message without the status that JAX-RS puts before one that was not given. */
  private static String detail(WebApplicationException e) {
    var message = e.getMessage();
    return message == null || message.startsWith("HTTP ") ? null : message;
  }

  /** Where and why, without the names of our classes. */
  private static String describe(JsonProcessingException e) {
    var path =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(step ->
                    step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    var at =
        Optional.ofNullable(e.getLocation())
            .map(l -> " (line %d, column %d)".formatted(l.getLineNr(), l.getColumnNr()))
            .orElse("");
    return path.isEmpty()
        ? "the body is not the JSON that is expected here" + at
        : "the field '%s' is unknown or its value is not of the form expected%s"
            .formatted(path, at);
  }
}
