package io.candor.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.chat.CompletionsError;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses a body that is too large in words; what Quarkus itself would send has none. */
@ApplicationScoped
class OversizedBodies {
  /** Before Quarkus looks at the length, which it does at -2. */
  private static final int BEFORE_QUARKUS = -3;

  private final long most;
  private final ObjectMapper json;

  OversizedBodies(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most,
      ObjectMapper json) {
    this.most = most.asLongValue();
    this.json = json;
  }

  void register(@Observes Router router) {
    router.route().order(BEFORE_QUARKUS).handler(this::check);
  }

  private void check(RoutingContext context) {
    var length = context.request().getHeader("Content-Length");
    if (length == null || Long.parseLong(length) <= most) {
      context.next();
      return;
    }
    refuse(context, length, most);
  }

  void refuse(RoutingContext context, String length, long most) {
    var detail = "the body has %s bytes; the most is %,d".formatted(length, most);
    var problem = Problem.of("too-large", Status.REQUEST_ENTITY_TOO_LARGE, detail);
    boolean completions = context.normalizedPath().startsWith(CompletionsErrors.PATH);
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader("Connection", "close"); // its body is not read
    }
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", completions ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
        .end(text(completions ? CompletionsError.of(json.valueToTree(problem)) : problem));
  }

  private String text(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write an error as JSON", e);
    }
  }
}
