package io.candor.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.LangChain4jException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a remote model did not answer and what an operator can do; never tells the key. */
final class RemoteFailure extends LangChain4jException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_REASON = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a failure means for the requests after it. */
  enum Kind {
    /** May be over in a moment: worth another try. */
    PASSING,
    /** Stays until someone changes something. */
    LASTING,
    /** This request's own fault; the next may well be answered. */
    OF_THE_REQUEST
  }

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  private RemoteFailure(Kind kind, Optional<Duration> retryAfter, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  static RemoteFailure passing(String message) {
    return new RemoteFailure(Kind.PASSING, Optional.empty(), message, null);
  }

  static RemoteFailure lasting(String message) {
    return new RemoteFailure(Kind.LASTING, Optional.empty(), message, null);
  }

  static RemoteFailure ofTheRequest(String message) {
    return new RemoteFailure(Kind.OF_THE_REQUEST, Optional.empty(), message, null);
  }

  /** Nothing came for that long. */
  static RemoteFailure late(String url, Duration patience) {
    return passing("%s sent nothing for %,d ms".formatted(url, patience.toMillis()));
  }

  /** No answer came, or it broke off. */
  static RemoteFailure unreachable(String url, Throwable cause) {
    return switch (cause) {
      case RemoteFailure known -> known;
      case SSLException tls ->
          new RemoteFailure(
              Kind.LASTING,
              Optional.empty(),
              ("TLS with %s fails (%s): have this JVM trust its certificate (javax.net.ssl.trustStore),"
                      + " or use http:// where it speaks no TLS")
                  .formatted(url, tls.getMessage()),
              tls);
      case HttpConnectTimeoutException late ->
          new RemoteFailure(
              Kind.PASSING,
              Optional.empty(),
              "%s does not accept connections: does the model server run there, and speak %s?"
                  .formatted(url, url.substring(0, url.indexOf(':'))),
              late);
      default ->
          new RemoteFailure(
              Kind.PASSING,
              Optional.empty(),
              "cannot reach %s%s: does the model server run there?".formatted(url, said(cause)),
              cause);
    };
  }

  /** The JDK's own words are at the bottom, where there are any. */
  private static String said(Throwable cause) {
    var root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return switch (root) {
      case UnresolvedAddressException _ -> " (no host of that name)";
      case Throwable other when other.getMessage() != null -> " (%s)".formatted(other.getMessage());
      default -> "";
    };
  }

  /** An answer came that is none: its status, or a body that is not OpenAI's. */
  static RemoteFailure refused(
      String url, String model, int status, HttpHeaders headers, String body) {
    return switch (status) {
      case 200 ->
          lasting(
              "%s answers with %s and not as OpenAI's API does: does candor.serving.remote.url end with /v1?"
                  .formatted(url, headers.firstValue("Content-Type").orElse("no content type")));
      case 401, 403 ->
          lasting("%s refuses the API key: check candor.serving.remote.api-key".formatted(url));
      case 404, 405 ->
          lasting(
              reason(body).contains("model")
                  ? "%s has no model '%s': check candor.serving.remote".formatted(url, model)
                  : "%s is no OpenAI-compatible API: does candor.serving.remote.url end with /v1?"
                      .formatted(url));
      case 429, 503 ->
          new RemoteFailure(
              Kind.PASSING,
              headers.firstValue("Retry-After").flatMap(RemoteFailure::delay),
              "%s is busy or not ready (%d %s)".formatted(url, status, reason(body)),
              null);
      default ->
          status >= 500 || status == 408
              ? passing("%s failed (%d %s)".formatted(url, status, reason(body)))
              : ofTheRequest("%s refused the request (%d %s)".formatted(url, status, reason(body)));
    };
  }

  /** Seconds or a date (RFC 9110, 10.2.3). */
  private static Optional<Duration> delay(String retryAfter) {
    try {
      return Optional.of(
          retryAfter.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(retryAfter))
              : Duration.between(
                  ZonedDateTime.now(),
                  ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The message of OpenAI's error object, or of what other servers send in its place. */
  static String reason(String body) {
    try {
      var json = JSON.readTree(body);
      var error = json.path("error");
      var message =
          error.isTextual()
              ? error.asText()
              : error.path("message").asText(json.path("message").asText(""));
      var clean = message.replaceAll("\\p{Cntrl}+", " ").strip();
      return clean.substring(0, Math.min(clean.length(), LONGEST_REASON));
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  Kind kind() {
    return kind;
  }

  /** How long the server asks to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
