package io.candor.ops;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /q/metrics} exports, and that the dashboard and the alerts ask for nothing else. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class MetricsTest {
  private static final Path FILES = Path.of("helm/candor/files");
  private static final Path DOCUMENTATION = Path.of("docs/monitoring.md");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static TestTenant tenant;

  @BeforeEach
  void use() throws Exception {
    if (tenant != null) {
      return;
    }
    tenant = TestTenant.create("metered");
    tenant.put("returns", "Returns", "# Returns\n\nYou can return shoes within 30 days.\n");
    var before = scrape().sum("candor_policy_events_total", "result", "dead_letter");
    publishRubbish();
    assertEquals(200, ask("Within how many days can I return shoes?").statusCode());
    assertEquals(200, ask("Who won the chess tournament in 1972?").statusCode());
    var stale = "{\"message\": \"Shoes?\", \"after\": \"s99999999\"}";
    assertEquals(409, tenant.send("POST", "/api/v1/chat", stale).statusCode());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> scrape().sum("candor_policy_events_total", "result", "dead_letter") > before);
  }

  @Test
  void anAnswerIsCountedWithItsStages() {
    var scrape = scrape();
    assertTrue(scrape.sum("candor_answer_seconds_count", "outcome", "answered") >= 1);
    assertTrue(scrape.sum("candor_answer_seconds_count", "outcome", "abstained") >= 1);
    assertTrue(scrape.sum("candor_answer_failures_total", "kind", "stale") >= 1);
    assertTrue(scrape.sum("candor_first_sentence_seconds_count") >= 2);
    for (var stage : List.of("screen", "contextualise", "retrieve", "decide", "voice", "record")) {
      assertTrue(scrape.sum("candor_stage_seconds_count", "stage", stage) >= 2, stage);
    }
  }

  @Test
  void theModelAndTheStreamAreMetered() {
    var scrape = scrape();
    assertEquals(1, scrape.sum("candor_model_state"));
    assertEquals(1, scrape.sum("candor_model_state", "state", "ready"));
    assertTrue(scrape.sum("candor_model_tokens_total", "kind", "prompt") > 0);
    assertEquals(4, scrape.sum("candor_policy_partitions"));
    assertTrue(scrape.sum("candor_knowledge_lag_seconds") < 5);
  }

  @Test
  void noLabelHoldsWhatATenantWrote() {
    var allowed =
        Set.of("stage", "outcome", "kind", "verdict", "words", "result", "reason", "state", "le");
    for (var sample : scrape().samples()) {
      if (sample.name().startsWith("candor_")) {
        assertTrue(allowed.containsAll(sample.labels().keySet()), sample::toString);
      }
      for (var value : sample.labels().values()) {
        assertTrue(!value.contains(tenant.name()) && !value.contains("shoes"), sample::toString);
      }
    }
  }

  @Test
  void everyQueryOfTheDashboardFindsItsSeries() throws IOException {
    var dashboard = new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
    var queries = dashboard.findValues("expr").stream().map(JsonNode::asText).toList();
    assertTrue(queries.size() > 20, queries::toString);
    assertAllFound(queries.stream().map(query -> query.replace("$job", ".*")).toList(), Set.of());
  }

  @Test
  void everyRuleFindsItsSeries() throws IOException {
    var rules = YAML.readTree(FILES.resolve("rules.yaml").toFile());
    var queries = rules.findValues("expr").stream().map(JsonNode::asText).toList();
    assertTrue(queries.size() > 10, queries::toString);
    assertAllFound(queries, Set.copyOf(rules.findValuesAsText("record")));
  }

  @Test
  void everyMetricIsDocumentedAndTheOtherWayRound() throws IOException {
    var documented =
        Pattern.compile("`(candor_\\w+)`")
            .matcher(Files.readString(DOCUMENTATION))
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    var exported =
        scrape().names().stream()
            .filter(name -> name.startsWith("candor_"))
            .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    YAML.readTree(FILES.resolve("rules.yaml").toFile())
        .findValuesAsText("record")
        .forEach(exported::add);
    assertEquals(exported, documented);
  }

  private static void assertAllFound(List<String> queries, Set<String> recorded) {
    var scrape = scrape();
    var missing = new ArrayList<String>();
    for (var query : queries) {
      var parsed = PromQuery.of(query);
      assertTrue(!parsed.selectors().isEmpty(), query);
      parsed.selectors().removeIf(selector -> recorded.contains(selector.name()));
      missing.addAll(parsed.missingIn(scrape));
    }
    assertEquals(List.of(), missing);
  }

  private static Scrape scrape() {
    return Scrape.of(tenant.get("/q/metrics").body());
  }

  private static java.net.http.HttpResponse<String> ask(String question) {
    return tenant.send("POST", "/api/v1/chat", "{\"message\": \"%s\"}".formatted(question));
  }

  private static void publishRubbish() throws Exception {
    var servers = CandorParts.configuration().get("candor.kafka.bootstrap-servers");
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      var topic = "candor.policies";
      producer.send(new ProducerRecord<>(topic, tenant.name() + "/x", "no event")).get();
      producer.send(new ProducerRecord<>(topic, tenant.name() + "/y", null)).get();
    }
  }
}
