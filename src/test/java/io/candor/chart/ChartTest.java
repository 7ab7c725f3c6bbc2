package io.candor.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.ops.Scrape;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart without a cluster: it lints, what it renders is valid Kubernetes, and all that it says
 * of the service is true of the service that runs here.
 */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class ChartTest {
  private static final Set<String> PROFILES = Chart.PROFILES;

  @BeforeAll
  static void requireHelm() throws Exception {
    Chart.requireHelm();
  }

  @Test
  void itLintsStrictly() throws Exception {
    for (var profile : PROFILES) {
      var values = "--values=" + Chart.K8S.resolve(profile).resolve("values.yaml");
      var linted = Chart.helm("lint", "--strict", Chart.CHART.toString(), values);
      assertEquals(0, linted.code(), linted.output());
    }
  }

  @Test
  void whatStandsInK8sIsWhatItRenders(@TempDir Path folder) throws Exception {
    var rendering = Chart.run(Chart.K8S.resolve("render").toString(), folder.toString());
    assertEquals(0, rendering.code(), rendering.output());
    for (var profile : PROFILES) {
      var name = Path.of(profile, "candor.yaml");
      assertEquals(
          Files.readString(folder.resolve(name)),
          Files.readString(Chart.K8S.resolve(name)),
          "run k8s/render");
    }
  }

  @Test
  void everyObjectIsOfItsType() throws Exception {
    for (var profile : PROFILES) {
      read(Chart.objects(profile));
    }
    read(Chart.objects("gpu", "image.pullSecrets[0].name=x", "nodeSelector.disk=ssd"));
  }

  /** Those of the operators are {@link CustomResourceTest}'s. */
  private static void read(List<JsonNode> objects) {
    objects.stream().filter(KubernetesTypes::know).forEach(KubernetesTypes::read);
  }

  @Test
  void aFieldThatKubernetesDoesNotHaveIsNoticed() throws Exception {
    var deployment = object(Chart.objects("small"), "Deployment").deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("imagePolicy", "Always");
    var failure =
        assertThrows(IllegalArgumentException.class, () -> KubernetesTypes.read(deployment));
    assertTrue(failure.getMessage().contains("imagePolicy"), failure::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replica=3",
        "replicas=many",
        "settings.nothing=1",
        "model.download.url=https://models.example.com/x.gguf",
        "autoscaling.queues=3",
        "database.password=secret"
      })
  void aValueThatTheChartDoesNotHaveIsRefused(String value) throws Exception {
    var rendered = Chart.helm("template", Chart.CHART.toString(), "--set", value);
    assertTrue(rendered.code() != 0, rendered::output);
  }

  @Test
  void everySettingIsOneThatTheServiceKnows() throws Exception {
    var known = new ServiceSettings();
    assertTrue(!known.knows("candor.chat.compny") && !known.knowsVariable("CANDOR_CHAT_COMPNY"));
    for (var profile : PROFILES) {
      for (var object : Chart.objects(profile)) {
        var settings = new Properties();
        settings.load(new StringReader(object.at("/data/application.properties").asText("")));
        for (var name : settings.stringPropertyNames()) {
          assertTrue(known.knows(name), "no setting of the service: " + name);
        }
        for (var variable : ownVariables(object)) {
          assertTrue(
              known.knowsVariable(variable) || variable.equals("CANDOR_KAFKA_JAAS"),
              "no variable of the service: " + variable);
        }
      }
    }
  }

  @Test
  void everyProbeIsAnsweredAtItsPort() throws Exception {
    var tenant = TestTenant.create("probed");
    var server = server(Chart.objects("standard"));
    assertEquals(8080, server.at("/ports/0/containerPort").asInt());
    for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      var request = server.path(probe).path("httpGet");
      assertEquals(server.at("/ports/0/name"), request.path("port"));
      assertEquals(200, tenant.get(request.path("path").asText()).statusCode(), probe);
    }
  }

  @Test
  void everyPathOfTheIngressIsServed() throws Exception {
    var tenant = TestTenant.create("routed");
    var served = new TreeSet<String>();
    for (var path : paths(object(Chart.objects("standard"), "Ingress"))) {
      assertTrue(!path.startsWith("/q"), "health and metrics are not for the outside");
      served.add(path);
    }
    assertTrue(served.containsAll(List.of("/api", "/v1", "/widget.js")), served::toString);
    assertEquals(200, tenant.get("/widget.js").statusCode());
    assertEquals(200, tenant.get("/api/v1/documents").statusCode());
  }

  @Test
  void whatIsScrapedAndScaledByIsExported() throws Exception {
    var objects = Chart.objects("standard");
    var scraped = object(objects, "ServiceMonitor").at("/spec/endpoints/0");
    var exported = TestTenant.create("scraped").get(scraped.path("path").asText());
    assertEquals(200, exported.statusCode());
    assertEquals(object(objects, "Service").at("/spec/ports/0/name"), scraped.path("port"));
    var names = new TreeSet<>(Scrape.of(exported.body()).names());
    object(objects, "PrometheusRule").findValuesAsText("record").forEach(names::add);
    for (var metric : object(objects, "HorizontalPodAutoscaler").at("/spec/metrics")) {
      var name = metric.at("/pods/metric/name").asText();
      assertTrue(names.contains(name), name);
    }
  }

  @Test
  void replicasAreNotTheOwnerOfTheDatabaseAndNothingIsWrittenOut() throws Exception {
    for (var profile : PROFILES) {
      var objects = Chart.objects(profile);
      assertTrue(!ownVariables(object(objects, "Deployment")).contains("CANDOR_DB_OWNER_PASSWORD"));
      for (var object : objects) {
        assertTrue(!object.path("kind").asText().equals("Secret"), "secrets are referred to");
        for (var variable : object.findValues("env").stream().flatMap(Chart::each).toList()) {
          var name = variable.path("name").asText();
          var secret = name.matches(".*(PASSWORD|KEY|JAAS).*");
          assertTrue(!secret || variable.has("valueFrom"), name);
        }
      }
    }
  }

  @Test
  void replicasMayReachThePortsThatTheValuesName() throws Exception {
    var objects =
        Chart.objects(
            "small",
            "database.url=jdbc:postgresql://db:6432/candor",
            "kafka.bootstrapServers=a:9092\\,b:9094",
            "helpdesk.keySecret=helpdesk");
    var ports = object(objects, "NetworkPolicy").at("/spec/egress").findValuesAsText("port");
    assertEquals(List.of("53", "53", "6432", "9092", "9094", "443"), ports);
    assertEquals(
        List.of("53", "53", "5432", "9092"),
        object(Chart.objects("small"), "NetworkPolicy")
            .at("/spec/egress")
            .findValuesAsText("port"));
  }

  @Test
  void nobodyIsRootOrWritesToTheRootFileSystem() throws Exception {
    var pod = object(Chart.objects("standard"), "Deployment").at("/spec/template/spec");
    assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
    for (var container : containers(pod)) {
      var security = container.path("securityContext");
      assertTrue(security.path("readOnlyRootFilesystem").asBoolean(), container::toPrettyString);
      assertEquals("ALL", security.at("/capabilities/drop/0").asText());
      assertTrue(container.at("/resources/limits").has("memory"), container::toPrettyString);
    }
  }

  private static JsonNode server(List<JsonNode> objects) {
    return object(objects, "Deployment").at("/spec/template/spec/containers/0");
  }

  private static JsonNode object(List<JsonNode> objects, String kind) {
    return objects.stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .filter(object -> object.at("/metadata/name").asText().equals("candor"))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> containers(JsonNode pod) {
    return Stream.of("initContainers", "containers")
        .flatMap(kind -> Chart.each(pod.path(kind)))
        .toList();
  }

  /** The variables of the containers that run our own image. */
  private static List<String> ownVariables(JsonNode object) {
    var names = new ArrayList<String>();
    for (var container : containers(object.at("/spec/template/spec"))) {
      if (container.path("image").asText().startsWith("candor:")) {
        container.path("env").forEach(variable -> names.add(variable.path("name").asText()));
      }
    }
    return names;
  }

  private static List<String> paths(JsonNode ingress) {
    return ingress.findValues("path").stream().map(JsonNode::asText).toList();
  }
}
