package io.candor.helpdesk.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to hosts that tenants have chosen: to the very address that {@link AddressGuard}
 * has let pass, anew for each redirect; the certificate is still checked against the name.
 */
@ApplicationScoped
public class GuardedHttp {
  private static final int MOST_REDIRECTS = 3;
  private static final int LONGEST_REPLY = 4 << 20;

  /** A host that asks for longer is asked again sooner: a wrong date must not mean never. */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final HttpClient client;
  private final AddressGuard guard;

  @Inject
  GuardedHttp(Vertx vertx, HelpdeskConfig config) {
    this(vertx, new AddressGuard(config.privateHosts().orElse(Set.of())));
  }

  public GuardedHttp(Vertx vertx, AddressGuard guard) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(5_000)
                .setMaxPoolSize(16)
                .setVerifyHost(true));
    this.guard = guard;
  }

  /** The reply, a redirect too; an IOException where there is none in time. */
  public HttpReply send(HttpCall call, Duration timeout) throws IOException {
    var address = guard.check(call.uri().getHost());
    boolean secure = call.uri().getScheme().equals("https");
    int port = call.uri().getPort() < 0 ? (secure ? 443 : 80) : call.uri().getPort();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(call.method()))
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(call.uri().getHost())
            .setPort(port)
            .setSsl(secure)
            .setURI(target(call.uri()))
            .setTimeout(timeout.toMillis());
    call.headers().forEach(options::putHeader);
    return await(
        client.request(options).compose(request -> exchange(request, call.body())), timeout);
  }

  /** Like {@link #send}, also where a redirect leads that asks for the same request there. */
  public HttpReply follow(HttpCall call, Duration timeout) throws IOException {
    var next = call;
    for (int hop = 0; ; hop++) {
      var reply = send(next, timeout);
      boolean redirected = reply.status() == 307 || reply.status() == 308;
      if (!redirected || reply.location().isEmpty() || hop == MOST_REDIRECTS) {
        return reply;
      }
      try {
        var there = next.uri().resolve(reply.location().get());
        next = new HttpCall(next.method(), there, next.headers(), next.body());
      } catch (IllegalArgumentException e) {
        throw new IOException("redirected to what is no address", e);
      }
    }
  }

  private static String target(URI uri) {
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static Future<HttpReply> exchange(HttpClientRequest request, byte[] body) {
    var sent = body.length == 0 ? request.send() : request.send(Buffer.buffer(body));
    return sent.compose(GuardedHttp::read);
  }

  private static Future<HttpReply> read(HttpClientResponse response) {
    var text = Buffer.buffer();
    response.handler(part -> {
      if (text.length() + part.length() > LONGEST_REPLY) {
        response.request().reset();
      } else {
        text.appendBuffer(part);
      }
    });
    return response
        .end()
        .map(_ ->
            new HttpReply(
                response.statusCode(),
                Optional.ofNullable(response.getHeader("Retry-After")).flatMap(GuardedHttp::pause),
                Optional.ofNullable(response.getHeader("Location")),
                text.toString()));
  }

  /** Seconds, or a date (RFC 9110, section 10.2.3). */
  static Optional<Duration> pause(String header) {
    try {
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(header.strip()))));
    } catch (NumberFormatException e) {
      return date(header);
    }
  }

  private static Duration bounded(Duration pause) {
    return pause.isNegative()
        ? Duration.ZERO
        : pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static Optional<Duration> date(String header) {
    try {
      var until = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      var pause = Duration.between(Instant.now(), until);
      return Optional.of(bounded(pause));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static HttpReply await(Future<HttpReply> reply, Duration timeout) throws IOException {
    try {
      return reply
          .toCompletionStage()
          .toCompletableFuture()
          .get(timeout.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no reply within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
