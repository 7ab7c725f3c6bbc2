package io.candor.security;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * {@code POST /api/v1/screen}: the first stage of the pipeline by itself, for other channels and
 * for tests.
 */
@Path("/api/v1/screen")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class ScreenResource {
  private final Screening screening;

  ScreenResource(Screening screening) {
    this.screening = screening;
  }

  /** The body of the request. */
  record Request(String text) {}

  @POST
  @RunOnVirtualThread
  public Screened screen(Request request) {
    if (request == null) {
      throw new BadRequestException("a JSON body with \"text\" is required");
    }
    try {
      return screening.screen(request.text());
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }
}
