package io.candor.ops;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets an adapter's file be larger than other bodies. Quarkus has one limit for all, which it
 * compares with the declared length before any resource is known, and otherwise counts by; so the
 * length is compared here and taken away, and what is counted by is replaced.
 */
@ApplicationScoped
class AdapterUploads {
  private static final int BEFORE_THE_LIMIT = -4;
  private static final int AFTER_THE_LIMIT = -1;

  private final long most;
  private final OversizedBodies oversized;

  AdapterUploads(
      @ConfigProperty(name = "candor.serving.largest-adapter") MemorySize most,
      OversizedBodies oversized) {
    this.most = most.asLongValue();
    this.oversized = oversized;
  }

  void register(@Observes Router router) {
    uploads(router).order(BEFORE_THE_LIMIT).handler(this::check);
    uploads(router).order(AFTER_THE_LIMIT).handler(this::raise);
  }

  private static Route uploads(Router router) {
    return router.route("/api/v1/adapters/:name").method(HttpMethod.PUT);
  }

  private void check(RoutingContext context) {
    var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > most) {
      oversized.refuse(context, length, most);
      return;
    }
    context.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
    context.next();
  }

  private void raise(RoutingContext context) {
    context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most);
    context.next();
  }
}
