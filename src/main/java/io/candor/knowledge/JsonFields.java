package io.candor.knowledge;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a JSON object strictly; every complaint is an IllegalArgumentException with the field. */
record JsonFields(JsonNode json) {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  JsonFields {
    if (json == null || !json.isObject()) {
      throw new IllegalArgumentException("a JSON object is expected here");
    }
  }

  /** An object that has none but these fields. */
  JsonFields(JsonNode json, Set<String> known) {
    this(json);
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw new IllegalArgumentException("there is no field '%.100s'".formatted(name));
          }
        });
  }

  static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("this is not JSON: " + firstLine(e), e);
    }
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  Optional<String> optionalText(String name) {
    var value = json.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " must be a string");
    }
    return Optional.of(value.textValue());
  }

  /** The strings of an array; none if it is missing. */
  List<String> texts(String name) {
    var value = json.get(name);
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isTextual)) {
      throw new IllegalArgumentException(name + " must be an array of strings");
    }
    return value.valueStream().map(JsonNode::textValue).toList();
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(text -> instant(name, text));
  }

  <E extends Enum<E>> E choice(String name, E[] choices) {
    var text = text(name);
    return Arrays.stream(choices)
        .filter(choice -> choice.toString().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s must be one of %s, not '%.40s'"
                    .formatted(
                        name,
                        Arrays.stream(choices).map(E::toString).collect(Collectors.joining(", ")),
                        text)));
  }

  /** Reads a time as RFC 3339 writes it. */
  static Instant instant(String name, String text) {
    try {
      return Check.instant(name, OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s must be a time like 2026-05-01T00:00:00Z, not '%.40s'".formatted(name, text), e);
    }
  }

  private static String firstLine(IOException e) {
    return e.getMessage() == null ? "it is broken" : e.getMessage().lines().findFirst().orElse("");
  }
}
