package io.candor.helpdesk.vendor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.candor.helpdesk.wire.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A delivery's body as JSON, read by JSON pointers (RFC 6901). What is malformed is an
 * IllegalArgumentException.
 */
record Payload(JsonNode json) {
  private static final ObjectReader READER =
      Json.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static Payload of(byte[] body) {
    try {
      JsonNode json = READER.readValue(body);
      if (!json.isObject()) {
        throw new IllegalArgumentException("the body is no JSON object");
      }
      return new Payload(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
  }

  /** Text or a number as text, for ids outgrow numbers; empty where there is nothing. */
  String text(String pointer) {
    var value = json.at(pointer);
    return value.isValueNode() && !value.isNull() ? value.asText().replace("\0", "") : "";
  }

  /** The same, which must be there. */
  String required(String pointer) {
    var text = text(pointer);
    if (text.isBlank()) {
      throw new IllegalArgumentException("'%s' is missing".formatted(pointer));
    }
    return text;
  }

  boolean flag(String pointer) {
    return json.at(pointer).asBoolean(false);
  }

  Optional<String> optional(String pointer) {
    return Optional.of(text(pointer)).filter(text -> !text.isBlank());
  }

  /** An array of texts, or one text with words between blanks or commas. */
  Set<String> words(String pointer) {
    var value = json.at(pointer);
    var words = value.isArray() ? value.valueStream().map(JsonNode::asText) : split(text(pointer));
    return words.filter(word -> !word.isBlank()).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> split(String text) {
    return Stream.of(text.split("[,\\s]+"));
  }

  /** Seconds since 1970, or RFC 3339. */
  Instant time(String pointer) {
    var text = required(pointer);
    try {
      return text.matches("\\d{1,12}")
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is no time".formatted(pointer), e);
    }
  }

  /** An id for a body that has none: the same body has the same. */
  static String hash(byte[] body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
