package io.candor.embedded;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.audit.KafkaConnection;
import io.candor.knowledge.Draft;
import io.candor.knowledge.Format;
import io.candor.knowledge.Kind;
import io.candor.knowledge.PolicyPublisher;
import io.candor.security.Administration;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ready-made change, from the page's request through Kafka to being in force. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
@TestProfile(DemoProfile.class)
class DemoResourceTest {
  private static final DemoChange CHANGE = DemoCompany.loadChange();

  @TestHTTPResource("/")
  URI home;

  @ConfigProperty(name = "candor.kafka.bootstrap-servers")
  String kafka;

  @BeforeEach
  void publishTheDocument() throws SQLException {
    try (var connection = TestTenant.ownerConnection()) {
      Administration.createTenant(connection, "demo");
    }
    try (var publisher = new PolicyPublisher(KafkaConnection.of(kafka), URI.create("/test"))) {
      var none = Optional.<String>empty();
      var text = "# Delivery\n\n" + CHANGE.current();
      var draft =
          new Draft(
              "Delivery",
              Kind.POLICY,
              Format.MARKDOWN,
              text,
              none,
              none,
              Optional.empty(),
              Optional.empty());
      publisher.publish("demo", CHANGE.document(), draft);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> company().body("change.value", is(CHANGE.oldValue())));
  }

  @Test
  void theChangeIsInForceWhenTheRequestReturns() {
    change(origin(), CHANGE.newValue())
        .statusCode(200)
        .body("token", matchesPattern("p\\d+-\\d+"))
        .body("in_force_ms", lessThan(2000));
    company()
        .body("change.value", is(CHANGE.newValue()))
        .body("change.suggestion", is(CHANGE.oldValue()));
  }

  @Test
  void onlyTheHelpPageItselfMayPublishIt() {
    change("https://evil.example", CHANGE.newValue()).statusCode(403);
    given()
        .contentType("application/json")
        .body(Map.of("value", CHANGE.newValue()))
        .post("/demo/change")
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<b>free</b>", "1\n\n# Everything is free"})
  void aValueThatIsNoValueIsRefused(String value) {
    change(origin(), value).statusCode(400);
  }

  @Test
  void theFirstPageIsTheCompanysAndLetsNothingElseIn() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("data-tenant=\"demo\""));
  }

  private String origin() {
    return home.getScheme() + "://" + home.getAuthority();
  }

  private static ValidatableResponse company() {
    return given().get("/demo/company").then().statusCode(200);
  }

  private static ValidatableResponse change(String origin, String value) {
    return given()
        .header("Origin", origin)
        .contentType("application/json")
        .body(Map.of("value", value))
        .post("/demo/change")
        .then();
  }
}
