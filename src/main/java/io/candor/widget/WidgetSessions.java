package io.candor.widget;

import io.candor.security.Credentials;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Opens the sessions in which the website widget asks its questions. */
@Path("/widget/session")
@RunOnVirtualThread
class WidgetSessions {
  private final Credentials credentials;

  WidgetSessions(Credentials credentials) {
    this.credentials = credentials;
  }

  record Request(String tenant) {}

  /**
   * @param token a bearer token for the API
   * @param expiresIn seconds until it is no longer valid
   */
  record Session(String token, long expiresIn) {}

  /** An unknown tenant and an origin that is not the tenant's look alike from outside. */
  @POST
  public Session open(@HeaderParam("Origin") String origin, Request request) {
    if (request == null || request.tenant() == null) {
      throw new BadRequestException("name the tenant: {\"tenant\": \"…\"}");
    }
    if (origin == null) {
      throw new ForbiddenException("sessions are for web pages, which send their origin");
    }
    return credentials
        .openSession(request.tenant(), origin)
        .map(token -> new Session(token, Credentials.SESSION.toSeconds()))
        .orElseThrow(
            () -> new ForbiddenException("'%.100s' may not show this widget".formatted(origin)));
  }
}
