package io.candor.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;

/**
 * An error as the API answers it (RFC 9457).
 *
 * @param type stable, for programs: {@code urn:candor:problem:<name>}
 * @param title the kind of error, in words
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(String name, Response.StatusType status, String detail) {
    return new Problem(
        "urn:candor:problem:" + name, status.getReasonPhrase(), status.getStatusCode(), detail);
  }

  Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }
}
