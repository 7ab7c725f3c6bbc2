package io.candor.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Lets a request to the API in only with a valid credential of the scope that it needs. */
@Provider
@Priority(Priorities.AUTHENTICATION)
class Authentication implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private final Credentials credentials;
  private final CurrentTenant current;

  Authentication(Credentials credentials, CurrentTenant current) {
    this.credentials = credentials;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var path = request.getUriInfo().getPath();
    if (!path.startsWith("/api/") && !path.startsWith("/v1/")) {
      return;
    }
    var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new NotAuthorizedException("send 'Authorization: Bearer <API key>'", "Bearer");
    }
    var credential =
        credentials
            .check(header.substring(SCHEME.length()).strip())
            .orElseThrow(() -> new NotAuthorizedException("this API key is not valid", "Bearer"));
    var needed = scopeOf(request.getMethod(), path);
    if (!credential.scopes().contains(needed)) {
      throw new ForbiddenException("this needs a key with the scope '%s'".formatted(needed));
    }
    current.become(credential);
  }

  private static Scope scopeOf(String method, String path) {
    if (path.startsWith("/api/v1/feedback")) {
      return Scope.VOICE;
    }
    if (path.startsWith("/api/v1/helpdesks") || path.startsWith("/api/v1/webhooks")) {
      return Scope.CHANNELS;
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      return Scope.CHAT;
    }
    if (path.startsWith("/api/v1/documents") || path.startsWith("/api/v1/glossary")) {
      return Scope.DOCUMENTS;
    }
    var isVoice = path.startsWith("/api/v1/adapters") || path.startsWith("/api/v1/voice");
    return isVoice ? Scope.VOICE : Scope.CHAT;
  }
}
