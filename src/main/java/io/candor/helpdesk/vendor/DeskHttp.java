package io.candor.helpdesk.vendor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.HttpCall;
import io.candor.helpdesk.wire.HttpReply;
import io.candor.helpdesk.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON to and from one account's API. */
final class DeskHttp {
  /**
   * These pass: too many requests, conflicts, time-outs, and credentials that are being changed.
   */
  private static final Set<Integer> PASSING = Set.of(401, 403, 408, 409, 423, 425, 429);

  private final GuardedHttp http;
  private final String base;
  private final Map<String, String> headers;
  private final Duration timeout;

  DeskHttp(GuardedHttp http, String base, Map<String, String> headers, Duration timeout) {
    this.http = http;
    this.base = base.replaceAll("/+$", "");
    this.headers = new HashMap<>(headers);
    this.headers.put("Accept", "application/json");
    this.timeout = timeout;
  }

  static Map<String, String> basic(String user, String password) {
    var pair = "%s:%s".formatted(user, password).getBytes(UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** An id as a part of a path. */
  static String part(String id) {
    return URLEncoder.encode(id, UTF_8).replace("+", "%20");
  }

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  JsonNode get(String path) throws DeskFailure {
    return exchange(HttpCall.get(uri(path), headers));
  }

  JsonNode send(String method, String path, ObjectNode body) throws DeskFailure {
    return send(method, path, body.toString(), Map.of());
  }

  JsonNode send(String method, String path, String body, Map<String, String> more)
      throws DeskFailure {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    all.putAll(more);
    return exchange(HttpCall.of(method, uri(path), all, body));
  }

  private URI uri(String path) {
    return URI.create(path.startsWith("http") ? path : base + path);
  }

  private JsonNode exchange(HttpCall call) throws DeskFailure {
    var reply = reply(call);
    if (!reply.isSuccess()) {
      boolean passing = reply.status() >= 500 || PASSING.contains(reply.status());
      var message = "%s %s: %d".formatted(call.method(), call.uri().getPath(), reply.status());
      throw new DeskFailure(message, passing, reply.retryAfter(), null);
    }
    try {
      return reply.body().isBlank() ? object() : Json.MAPPER.readTree(reply.body());
    } catch (JsonProcessingException e) {
      // it was done, whatever was said about it
      return object();
    }
  }

  private HttpReply reply(HttpCall call) throws DeskFailure {
    try {
      return http.send(call, timeout);
    } catch (IOException e) {
      var message = "%s %s: %s".formatted(call.method(), call.uri().getPath(), e.getMessage());
      throw new DeskFailure(message, true, Optional.empty(), e);
    }
  }
}
