package io.candor.widget;

import io.candor.security.Credentials;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Lets pages of the tenants' own origins, and of no others, read what the widget needs (Fetch
 * standard, CORS protocol). A route before all others, for a preflight carries no credential.
 */
@ApplicationScoped
class WidgetCors {
  private static final String ORIGIN = "Origin";
  private static final int BEFORE_ALL_OTHERS = -1000;

  private final Credentials credentials;

  WidgetCors(Credentials credentials) {
    this.credentials = credentials;
  }

  void register(@Observes Router router) {
    router.route("/widget/session").order(BEFORE_ALL_OTHERS).handler(this::check);
    router.route("/api/v1/chat").order(BEFORE_ALL_OTHERS).handler(this::check);
    router
        .routeWithRegex("/api/v1/answers/[^/]+/feedback")
        .order(BEFORE_ALL_OTHERS)
        .handler(this::check);
    router
        .routeWithRegex("/api/v1/documents/.+")
        .method(HttpMethod.GET)
        .method(HttpMethod.OPTIONS)
        .order(BEFORE_ALL_OTHERS)
        .handler(this::check);
  }

  private void check(RoutingContext context) {
    var origin = context.request().getHeader(ORIGIN);
    if (origin == null || isOwn(context, origin)) {
      context.next();
      return;
    }
    context.response().headers().add("Vary", ORIGIN);
    context.request().pause();
    context
        .vertx()
        .executeBlocking(() -> credentials.isWidgetOrigin(origin), false)
        .onFailure(context::fail)
        .onSuccess(allowed -> {
          context.request().resume();
          answer(context, origin, allowed);
        });
  }

  private static void answer(RoutingContext context, String origin, boolean allowed) {
    var preflight =
        context.request().method() == HttpMethod.OPTIONS
            && context.request().headers().contains("Access-Control-Request-Method");
    var response = context.response();
    if (allowed) {
      response.putHeader("Access-Control-Allow-Origin", origin);
      response.putHeader("Access-Control-Expose-Headers", "Retry-After");
    }
    if (!preflight) {
      context.next();
    } else if (allowed) {
      response
          .putHeader("Access-Control-Allow-Methods", "GET, POST")
          .putHeader("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type")
          .putHeader("Access-Control-Max-Age", "600")
          .setStatusCode(204)
          .end();
    } else {
      response.setStatusCode(403).end();
    }
  }

  private static boolean isOwn(RoutingContext context, String origin) {
    var request = context.request();
    return origin.equals(request.scheme() + "://" + request.authority());
  }
}
