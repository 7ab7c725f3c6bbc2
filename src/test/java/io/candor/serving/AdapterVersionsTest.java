package io.candor.serving;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.security.Administration;
import io.candor.security.Scope;
import io.candor.serving.lora.TestLora;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters that come over HTTP, and what is known of each. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class AdapterVersionsTest {
  private static final TestLora.Weight FITTING = new TestLora.Weight(TestLora.QUERY, 576, 576);
  private static final String HASH = "ab".repeat(32);

  @TempDir private Path folder;
  private TestTenant tenant;

  @BeforeEach
  void createTenant() {
    tenant = TestTenant.create("versions");
  }

  private Path adapter(long seed, int rank) throws IOException {
    return TestLora.adapter(folder.resolve("a" + seed), seed, rank, 4, 0.01f, FITTING);
  }

  private ValidatableResponse put(String key, String name, byte[] content) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + key)
        .contentType("application/octet-stream")
        .body(content)
        .put("/api/v1/adapters/" + name)
        .then();
  }

  private ValidatableResponse send(String method, String path, String json) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + tenant.key())
        .contentType(ContentType.JSON)
        .body(json)
        .request(method, "/api/v1/adapters/" + path)
        .then();
  }

  @Test
  void anAdapterMayBeLargerThanOtherBodiesAndIsStoredOnce() throws IOException {
    var file = Files.readAllBytes(adapter(1, 3_000));
    assertTrue(file.length > 12 << 20, "it would be refused as JSON");
    put(tenant.key(), "brand", file).statusCode(200).body("bytes", equalTo(file.length));
    put(tenant.key(), "brand", file).statusCode(200);
    put(tenant.key(), "brand", Files.readAllBytes(adapter(2, 2)))
        .statusCode(409)
        .body("detail", containsString("of other content"));
  }

  @Test
  void whatIsNoAdapterOrDoesNotFitIsRefused() throws IOException {
    put(tenant.key(), "brand", "hello".getBytes(StandardCharsets.UTF_8)).statusCode(400);
    var foreign = new TestLora.Weight(TestLora.QUERY, 960, 960);
    var file = TestLora.adapter(folder.resolve("foreign"), 3, 2, 4, 0.01f, foreign);
    put(tenant.key(), "brand", Files.readAllBytes(file))
        .statusCode(400)
        .body("detail", containsString("has the shapes [960, 2] and [2, 960]"));
    put(tenant.key(), "a b", Files.readAllBytes(adapter(1, 2))).statusCode(400);
  }

  @Test
  void anAdapterNeedsTheScope() throws Exception {
    String key;
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      key = Administration.createKey(owner, tenant.name(), EnumSet.of(Scope.CHAT));
    }
    put(key, "brand", Files.readAllBytes(adapter(1, 2))).statusCode(403);
  }

  @Test
  void anAdapterThatIsTooLargeIsRefusedByItsDeclaredLength() throws IOException {
    var server = TestTenant.server();
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      var request =
          """
          PUT /api/v1/adapters/brand HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/octet-stream\r
          Content-Length: 9999999999\r
          \r
          """
              .formatted(tenant.key());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(10_000);
      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      assertEquals("HTTP/1.1 413 Request Entity Too Large", answer.readLine());
    }
  }

  @Test
  void howItWasTrainedAndWhatTheGateFoundStayWithIt() throws IOException {
    String sha256 =
        put(tenant.key(), "brand", Files.readAllBytes(adapter(1, 2))).extract().path("sha256");
    send("GET", "brand", "").statusCode(200).body("verdicts", hasSize(0));
    send("PUT", "brand/run", run(HASH))
        .statusCode(400)
        .body("detail", startsWith("the run made the adapter"));
    send("PUT", "brand/run", "{}").statusCode(400).body("detail", containsString("base.sha256"));
    send("PUT", "brand/run", run(sha256))
        .statusCode(200)
        .body("base", equalTo(HASH))
        .body("run.curves.train[0].step", equalTo(1));

    send("POST", "brand/verdicts", "{\"suite\": \"voice\"}").statusCode(400);
    verdict(false).body("passed", equalTo(false));
    verdict(true).body("passed", equalTo(true));
    send("GET", "brand", "")
        .body("verdicts.passed", equalTo(java.util.List.of(true, false)))
        .body("dataset", equalTo(HASH));
    send("GET", "other", "").statusCode(404);
  }

  private ValidatableResponse verdict(boolean passed) {
    var json = "{\"passed\": %s, \"suite\": \"voice\"}".formatted(passed);
    return send("POST", "brand/verdicts", json).statusCode(200);
  }

  private static String run(String adapter) {
    return """
    {"name": "brand", "base": {"name": "small", "sha256": "%1$s"},
     "dataset": {"sha256": "%1$s", "train_examples": 2, "validation_examples": 1},
     "settings": {"rank": 2}, "curves": {"train": [{"step": 1, "loss": 2.5}]},
     "adapter_sha256": "%2$s"}
    """
        .formatted(HASH, adapter);
  }
}
