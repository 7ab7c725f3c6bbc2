package io.candor.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.knowledge.Event.Origin;
import io.candor.knowledge.Event.Published;
import io.candor.knowledge.Event.Retired;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the policies topic, understood: whose it is, and the event. */
record PolicyRecord(String tenant, Event event) {
  /** Reads a record; an IllegalArgumentException says why it cannot be one. */
  static PolicyRecord read(ConsumerRecord<byte[], byte[]> record, int maxTextLength) {
    if (record.key() == null) {
      throw new IllegalArgumentException("the record has no key; it must be <tenant>/<document>");
    }
    var key = utf8("key", record.key());
    int slash = key.indexOf('/');
    if (slash < 1 || slash == key.length() - 1) {
      throw new IllegalArgumentException(
          "the record's key must be <tenant>/<document>, not '%.100s'".formatted(key));
    }
    var document = Check.key(key.substring(slash + 1));
    var sent = Instant.ofEpochMilli(record.timestamp());
    var event =
        record.value() == null
            ? new Retired(tombstone(record), document, sent, Optional.empty())
            : cloudEvent(JsonFields.parse(record.value()), document, sent, maxTextLength);
    return new PolicyRecord(key.substring(0, slash), event);
  }

  /** A structured-mode CloudEvent (CloudEvents 1.0 JSON format); extensions are passed over. */
  private static Event cloudEvent(JsonNode json, String key, Instant sent, int maxTextLength) {
    var fields = new JsonFields(json);
    var version = fields.text("specversion");
    if (!version.equals("1.0")) {
      throw new IllegalArgumentException("specversion must be 1.0, not '%.20s'".formatted(version));
    }
    var origin = new Origin(fields.text("source"), fields.text("id"));
    var time = fields.optionalInstant("time").orElse(sent);
    var type = fields.text("type");
    return switch (type) {
      case Published.TYPE ->
          new Published(origin, key, time, Draft.parse(json.get("data"), maxTextLength));
      case Retired.TYPE -> new Retired(origin, key, time, validUntil(json.get("data")));
      default -> throw new IllegalArgumentException("unknown type '%.100s'".formatted(type));
    };
  }

  private static Optional<Instant> validUntil(JsonNode data) {
    return data == null || data.isNull()
        ? Optional.empty()
        : new JsonFields(data, Set.of("valid_until")).optionalInstant("valid_until");
  }

  /** Its time tells a record from the one at the same place in a topic since replaced. */
  private static Origin tombstone(ConsumerRecord<?, ?> record) {
    return new Origin(
        "kafka:" + record.topic(),
        "%d-%d@%d".formatted(record.partition(), record.offset(), record.timestamp()));
  }

  private static String utf8(String field, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the record's " + field + " is not UTF-8", e);
    }
  }
}
