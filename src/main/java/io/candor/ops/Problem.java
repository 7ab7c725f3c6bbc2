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
 * @param param the part of the request that was, where that can be told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String type, String title, int status, String detail, String param) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(String name, Response.StatusType status, String detail) {
    return of(name, status, detail, null);
  }

  static Problem of(String name, Response.StatusType status, String detail, String param) {
    return new Problem(
        "urn:candor:problem:" + name,
        status.getReasonPhrase(),
        status.getStatusCode(),
        detail,
        param);
  }

  Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }
}
