package io.candor.chart;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart says to the operators is what their published definitions allow. */
class CustomResourceTest {
  private static CustomResources definitions;

  @BeforeAll
  static void requireParts() throws Exception {
    Chart.requireHelm();
    definitions = new CustomResources(Chart.requireSchemas());
  }

  @Test
  void everyCustomResourceIsAsItsOperatorDefinesIt() throws Exception {
    var kinds = new TreeSet<String>();
    for (var profile : Chart.PROFILES) {
      for (var resource : custom(Chart.objects(profile))) {
        KubernetesTypes.readMetadata(resource);
        definitions.check(resource);
        kinds.add(resource.path("kind").asText());
      }
    }
    assertEquals(
        Set.of(
            "Cluster",
            "Kafka",
            "KafkaNodePool",
            "KafkaTopic",
            "KafkaUser",
            "PrometheusRule",
            "ServiceMonitor"),
        kinds);
  }

  @Test
  void valuesThatNoProfileUsesAreAllowedToo() throws Exception {
    var objects =
        Chart.objects(
            "standard",
            "database.cloudNativePg.storageClass=fast",
            "kafka.strimzi.storageClass=fast",
            "kafka.strimzi.version=4.2.0",
            "kafka.strimzi.replicas=1");
    custom(objects).forEach(definitions::check);
  }

  @Test
  void aFieldThatIsMisspeltIsNoticedWhereverItIs() throws Exception {
    for (var resource : custom(Chart.objects("standard"))) {
      var misspelt = resource.deepCopy();
      ((ObjectNode) misspelt.path("spec")).put("misspelt", true);
      refused(misspelt, "misspelt");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Cluster        | /spec/storage                                | sise        | "50Gi"
          Cluster        | /spec/managed/roles/0                        | ensure      | "there"
          Cluster        | /spec/bootstrap/initdb                       | postInitSQL | "SELECT 1"
          Cluster        | /spec                                        | instances   | 0
          Kafka          | /spec/kafka/listeners/0                      | type        | "inside"
          Kafka          | /spec/kafka/listeners/0                      | name        | "TLS"
          KafkaNodePool  | /spec/storage/volumes/0                      | capacity    | "50Gi"
          KafkaTopic     | /spec                                        | partitions  | "many"
          KafkaUser      | /spec/authorization/acls/0/resource          | pattern     | "prefix"
          PrometheusRule | /spec/groups/0/rules/0                       | expression  | "up"
          ServiceMonitor | /spec/endpoints/0                            | interval    | "15 seconds"
          """)
  void aFieldOrValueThatTheOperatorDoesNotHaveIsRefused(
      String kind, String place, String field, String value) throws Exception {
    var resource =
        custom(Chart.objects("standard")).stream()
            .filter(object -> object.path("kind").asText().equals(kind))
            .findFirst()
            .orElseThrow()
            .deepCopy();
    ((ObjectNode) resource.at(place)).set(field, new ObjectMapper().readTree(value));
    refused(resource, field);
  }

  @Test
  void everySettingOfATopicIsOneOfKafka() throws Exception {
    var known =
        Stream.of(TopicConfig.class.getFields())
            .filter(field -> field.getName().endsWith("_CONFIG"))
            .map(field -> assertDoesNotThrow(() -> (String) field.get(null)))
            .collect(Collectors.toSet());
    for (var resource : custom(Chart.objects("standard"))) {
      if (resource.path("kind").asText().equals("KafkaTopic")) {
        var names = resource.at("/spec/config").fieldNames();
        names.forEachRemaining(name -> assertTrue(known.contains(name), name));
      }
    }
  }

  private static List<JsonNode> custom(List<JsonNode> objects) {
    return objects.stream().filter(object -> !KubernetesTypes.know(object)).toList();
  }

  private static void refused(JsonNode resource, String because) {
    var failure = assertThrows(IllegalArgumentException.class, () -> definitions.check(resource));
    assertTrue(failure.getMessage().contains(because), failure::getMessage);
  }
}
