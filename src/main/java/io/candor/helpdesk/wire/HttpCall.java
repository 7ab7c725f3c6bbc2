package io.candor.helpdesk.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A request to a host that someone else has chosen; {@link GuardedHttp} sends it. */
public record HttpCall(String method, URI uri, Map<String, String> headers, byte[] body) {
  public HttpCall {
    headers = Map.copyOf(headers);
    var scheme = uri.getScheme();
    if (uri.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
      throw new IllegalArgumentException("'%s' is no http or https address".formatted(uri));
    }
  }

  /** A request without a body. */
  public static HttpCall get(URI uri, Map<String, String> headers) {
    return new HttpCall("GET", uri, headers, new byte[0]);
  }

  /** A request with a body of text. */
  public static HttpCall of(String method, URI uri, Map<String, String> headers, String body) {
    return new HttpCall(method, uri, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
