package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * From publishing an event on Kafka until the next search, by both halves, reflects it: documents
 * of about 20 kB in which one passage changes, and every tenth event a deletion.
 */
public final class Freshness {
  private static final int DOCUMENTS = 8;
  private static final int SECTIONS = 48;
  private static final int DELETION_EVERY = 10;
  private static final int STALE = 409;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final ServerUnderTest server;
  private final String tenant;
  private final KafkaProducer<String, String> producer;

  private Freshness(ServerUnderTest server, String tenant, KafkaProducer<String, String> producer) {
    this.server = server;
    this.tenant = tenant;
    this.producer = producer;
  }

  /**
   * @param changes from publishing a changed document until a search has shown it
   * @param deletions from publishing a retirement until a search has shown it
   * @param acknowledgements Kafka's share of both
   * @param wrong searches that did not show the effect
   */
  public record Result(
      Quantiles changes, Quantiles deletions, Quantiles acknowledgements, int wrong) {}

  /** Publishes the documents, then this many events, one after another. */
  public static Result measure(
      ServerUnderTest server, String tenant, String kafka, int events, PrintStream out) {
    var settings = Map.<String, Object>of("bootstrap.servers", kafka, "acks", "all");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      return new Freshness(server, tenant, producer).measure(events, out);
    }
  }

  private Result measure(int events, PrintStream out) {
    IntStream.range(0, DOCUMENTS).forEach(d -> change(d, -1));
    var changes = new ArrayList<Double>();
    var deletions = new ArrayList<Double>();
    var acknowledgements = new ArrayList<Double>();
    int wrong = 0;
    var progress = new Progress(out, "events", events);
    for (int event = 0; event < events; event++) {
      int document = event % DOCUMENTS;
      boolean deletion = event % DELETION_EVERY == DELETION_EVERY - 1;
      var effect = deletion ? delete(document) : change(document, event);
      (deletion ? deletions : changes).add(effect.millis());
      acknowledgements.add(effect.acknowledged());
      wrong += effect.seen() ? 0 : 1;
      if (deletion) {
        change(document, event);
      }
      progress.step();
    }
    return new Result(
        Quantiles.of(changes), Quantiles.of(deletions), Quantiles.of(acknowledgements), wrong);
  }

  private record Effect(double acknowledged, double millis, boolean seen) {}

  private Effect change(int document, int event) {
    var sentence = changedSentence(document, event);
    return effect(
        document,
        text(document, event),
        sentence,
        found -> found.stream().anyMatch(hit -> holds(hit, sentence) && byBothHalves(hit)));
  }

  private Effect delete(int document) {
    return effect(
        document,
        null,
        changedSentence(document, 0),
        found ->
            found.stream().noneMatch(hit -> hit.path("document").asText().equals(key(document))));
  }

  private Effect effect(int document, String text, String query, Predicate<List<JsonNode>> isSeen) {
    var start = System.nanoTime();
    var token = publish(document, text);
    var acknowledged = millisSince(start);
    var found = search(query, token);
    return new Effect(acknowledged, millisSince(start), isSeen.test(found));
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /** Asks again where the server gave up waiting for the event, so that late is measured too. */
  private List<JsonNode> search(String query, String token) {
    var body = Map.of("query", query, "k", 5, "after", token);
    var deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return server.post("/api/v1/search", body).path("results").valueStream().toList();
      } catch (ServerUnderTest.Refused e) {
        if (e.status() != STALE || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
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
