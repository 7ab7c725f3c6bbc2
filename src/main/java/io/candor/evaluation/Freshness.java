package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * From publishing an event on Kafka until the next search, by both halves, reflects it: documents of
 * about 20 kB in which one passage changes, and every tenth event a deletion.
 */
public final class Freshness {
  private static final int DOCUMENTS = 8;
  private static final int SECTIONS = 48;
  private static final int DELETION_EVERY = 10;

  private final ServerUnderTest server;
  private final String tenant;
  private final KafkaProducer<String, String> producer;

  private Freshness(
      ServerUnderTest server, String tenant, KafkaProducer<String, String> producer) {
    this.server = server;
    this.tenant = tenant;
    this.producer = producer;
  }

  /** Milliseconds from publish to effect; wrong counts searches that did not show the effect. */
  public record Result(Quantiles changes, Quantiles deletions, int wrong) {}

  /** Publishes the documents, then this many events, one after another. */
  public static Result measure(
      ServerUnderTest server, String tenant, String bootstrapServers, int events) {
    var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      return new Freshness(server, tenant, producer).measure(events);
    }
  }

  private Result measure(int events) {
    IntStream.range(0, DOCUMENTS).forEach(d -> change(d, -1));
    var changes = new ArrayList<Double>();
    var deletions = new ArrayList<Double>();
    int wrong = 0;
    for (int event = 0; event < events; event++) {
      int document = event % DOCUMENTS;
      boolean deletion = event % DELETION_EVERY == DELETION_EVERY - 1;
      var effect = deletion ? delete(document) : change(document, event);
      (deletion ? deletions : changes).add(effect.millis());
      wrong += effect.seen() ? 0 : 1;
      if (deletion) {
        change(document, event);
      }
    }
    return new Result(Quantiles.of(changes), Quantiles.of(deletions), wrong);
  }

  private record Effect(double millis, boolean seen) {}

  private Effect change(int document, int event) {
    var start = System.nanoTime();
    var token = publish(document, text(document, event));
    var found = search(document, event, token);
    var millis = (System.nanoTime() - start) / 1e6;
    var sentence = changedSentence(document, event);
    return new Effect(
        millis, found.stream().anyMatch(hit -> holds(hit, sentence) && byBothHalves(hit)));
  }

  private Effect delete(int document) {
    var start = System.nanoTime();
    var token = publish(document, null);
    var found = search(document, 0, token);
    var millis = (System.nanoTime() - start) / 1e6;
    return new Effect(
        millis,
        found.stream().noneMatch(hit -> hit.path("document").asText().equals(key(document))));
  }

  private List<JsonNode> search(int document, int event, String token) {
    var body = Map.of("query", changedSentence(document, event), "k", 5, "after", token);
    var results = new ArrayList<JsonNode>();
    server.post("/api/v1/search", body).path("results").forEach(results::add);
    return results;
  }

  private static boolean holds(JsonNode hit, String sentence) {
    return hit.path("text").asText().contains(sentence);
  }

  private static boolean byBothHalves(JsonNode hit) {
    var scores = hit.path("scores");
    return scores.path("vector").asDouble() > 0 && scores.path("text").asDouble() > 0;
  }

  private String publish(int document, String text) {
    var event = ServerUnderTest.JSON.createObjectNode();
    event.put("specversion", "1.0").put("id", UUID.randomUUID().toString());
    event.put("source", "/candor/bench").put("time", Instant.now().toString());
    event.put("datacontenttype", "application/json");
    event.put("type", "candor.document." + (text == null ? "retired" : "published") + ".v1");
    var data = event.putObject("data");
    if (text != null) {
      data.put("title", "Service terms %d".formatted(document)).put("kind", "policy");
      data.put("format", "markdown").put("text", text);
    }
    try {
      var record =
          new ProducerRecord<>("candor.policies", tenant + "/" + key(document), event.toString());
      var where = producer.send(record).get();
      return "p%d-%d".formatted(where.partition(), where.offset());
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not take the event", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String key(int document) {
    return "bench/terms-" + document;
  }

  /** About 20 kB; an event changes one sentence of one section. */
  private static String text(int document, int event) {
    var text = new StringBuilder("# Service terms %d\n\n".formatted(document));
    for (int section = 0; section < SECTIONS; section++) {
      text.append("## Clause %d of terms %d\n\n".formatted(section, document));
      text.append(
          """
          This clause applies to orders of group %1$d that are placed in region %2$d during the season. \
          Claims under it are sent in writing within %3$d working days, together with the order number \
          and a photograph of the goods. We answer within %4$d working days and keep a record of the \
          claim. Where the goods were damaged on the way, the carrier's note replaces the photograph. \
          """
              .formatted(section * 3 + document, section % 7, 5 + section % 20, 2 + section % 9));
      if (section == SECTIONS / 2) {
        text.append(changedSentence(document, event));
      }
      text.append("\n\n");
    }
    return text.toString();
  }

  private static String changedSentence(int document, int event) {
    return "The handling fee of terms %d is %d.%02d euros per parcel."
        .formatted(document, 4 + Math.floorMod(event, 90), Math.floorMod(event * 7, 100));
  }
}
