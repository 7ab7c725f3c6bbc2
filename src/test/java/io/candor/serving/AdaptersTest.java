package io.candor.serving;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class AdaptersTest {
  private static final TestLora.Weight FITTING = new TestLora.Weight(TestLora.QUERY, 576, 576);
  private static final TestLora.Weight FOREIGN = new TestLora.Weight(TestLora.QUERY, 960, 960);

  @TempDir private Path folder;
  private TestTenant tenant;

  @BeforeEach
  void createTenant() {
    tenant = TestTenant.create("adapters");
  }

  private StoredAdapter store(String name, long seed, TestLora.Weight weight) throws Exception {
    var file = TestLora.adapter(folder.resolve(name + seed), seed, 2, 4, 0.01f, weight);
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      return AdapterAdministration.add(owner, tenant.name(), name, file, Optional.empty());
    }
  }

  private static RequestSpecification as(String key) {
    return RestAssured.given().header("Authorization", "Bearer " + key);
  }

  private RequestSpecification sending(String json) {
    return as(tenant.key()).contentType(ContentType.JSON).body(json);
  }

  @Test
  void anAdapterIsStoredOnceAndBecomesTheVoice() throws Exception {
    var stored = store("brand", 1, FITTING);
    assertEquals(stored, store("brand", 1, FITTING));

    as(tenant.key()).get("/api/v1/voice").then().statusCode(200).body("adapters", empty());
    sending("{\"adapters\": [{\"name\": \"brand\", \"scale\": 0.5}], \"force\": true}")
        .put("/api/v1/voice")
        .then()
        .statusCode(200);
    as(tenant.key())
        .get("/api/v1/voice")
        .then()
        .body("adapters[0].sha256", equalTo(stored.sha256()))
        .body("adapters[0].scale", equalTo(0.5f));
    as(tenant.key())
        .delete("/api/v1/adapters/brand")
        .then()
        .statusCode(400)
        .body("detail", containsString("the voice uses 'brand'"));

    sending("{\"adapters\": []}").put("/api/v1/voice").then().statusCode(200);
    as(tenant.key()).delete("/api/v1/adapters/brand").then().statusCode(204);
    as(tenant.key()).get("/api/v1/adapters").then().body("adapters", empty());
  }

  @Test
  void aNameStandsForOneContent() throws Exception {
    store("brand", 1, FITTING);
    var refusal = assertThrows(IllegalArgumentException.class, () -> store("brand", 2, FITTING));
    assertTrue(refusal.getMessage().contains("of other content"), refusal.getMessage());
  }

  @Test
  void anAdapterOfAnotherBaseCannotBecomeTheVoice() throws Exception {
    store("foreign", 1, FOREIGN);
    sending("{\"adapters\": [{\"name\": \"foreign\"}]}")
        .put("/api/v1/voice")
        .then()
        .statusCode(400)
        .body("detail", containsString("has the shapes [960, 2] and [2, 960]"));
    as(tenant.key()).get("/api/v1/voice").then().body("adapters", empty());
    sending("{\"message\": \"How long can I return it?\", \"adapter\": \"foreign\"}")
        .post("/api/v1/chat")
        .then()
        .statusCode(400)
        .body("detail", containsString("has the shapes [960, 2] and [2, 960]"));
  }

  @Test
  void onlyWhatPassedTheGateBecomesTheVoiceUnlessItIsForced() throws Exception {
    store("brand", 1, FITTING);
    store("next", 2, FITTING);
    var brand = "{\"adapters\": [{\"name\": \"brand\"}]%s}";
    conflict(brand.formatted(""), "'brand' has not been through the gate");
    judge("brand", "{\"passed\": false, \"lines\": [{\"figure\": \"style\", \"passed\": false}]}");
    conflict(brand.formatted(""), "'brand' did not pass the gate (style)");
    as(tenant.key()).get("/api/v1/voice").then().body("adapters", empty());

    sending(brand.formatted(", \"force\": true")).put("/api/v1/voice").then().statusCode(200);
    sending(brand.formatted("")).put("/api/v1/voice").then().statusCode(200);
    var canary = ", \"canary\": {\"adapters\": [{\"name\": \"next\"}], \"share\": 0.1}";
    conflict(brand.formatted(canary), "'next' has not been through the gate");
    judge("next", "{\"passed\": true}");
    sending(brand.formatted(canary)).put("/api/v1/voice").then().statusCode(200);
  }

  private void judge(String name, String verdict) {
    sending(verdict).post("/api/v1/adapters/%s/verdicts".formatted(name)).then().statusCode(200);
  }

  private void conflict(String voice, String reason) {
    sending(voice).put("/api/v1/voice").then().statusCode(409).body("detail", startsWith(reason));
  }

  @Test
  void adaptersAreMergedIntoOne() throws Exception {
    store("warm", 1, FITTING);
    store("brief", 2, FITTING);
    sending("{\"adapters\": [{\"name\": \"warm\", \"scale\": 0.5}, {\"name\": \"brief\"}]}")
        .post("/api/v1/adapters/mix/merge")
        .then()
        .statusCode(200)
        .body("rank", equalTo(4));
    as(tenant.key()).get("/api/v1/adapters").then().body("adapters", hasSize(3));
  }

  @Test
  void wrongRequestsSayWhatIsWrong() {
    refused("{}", "'adapters' is missing");
    refused("{\"adapters\": [{\"scale\": 1}]}", "an adapter's 'name' is missing");
    refused("{\"adapters\": [{\"name\": \"nobody\"}]}", "there is no adapter 'nobody'");
    refused("{\"adapters\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}", "'a' is there twice");
  }

  private void refused(String json, String reason) {
    sending(json).put("/api/v1/voice").then().statusCode(400).body("detail", equalTo(reason));
  }

  @Test
  void tenantsHaveTheirOwnAdapters() throws Exception {
    store("brand", 1, FITTING);
    var other = TestTenant.create("adapters-other");
    as(other.key()).get("/api/v1/adapters").then().body("adapters", empty());
    as(other.key())
        .contentType(ContentType.JSON)
        .body("{\"adapters\": [{\"name\": \"brand\"}]}")
        .put("/api/v1/voice")
        .then()
        .statusCode(400);
  }

  @Test
  void theVoiceNeedsItsScope() throws Exception {
    String key;
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      key = Administration.createKey(owner, tenant.name(), EnumSet.of(Scope.CHAT));
    }
    as(key).get("/api/v1/voice").then().statusCode(200);
    as(key)
        .contentType(ContentType.JSON)
        .body("{\"adapters\": []}")
        .put("/api/v1/voice")
        .then()
        .statusCode(403)
        .body("detail", containsString("'voice'"));
  }
}
