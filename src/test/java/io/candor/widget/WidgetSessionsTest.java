package io.candor.widget;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.security.Administration;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class WidgetSessionsTest {
  private static final String SHOP = "https://shop.example";

  @BeforeEach
  void createTenant() throws SQLException {
    try (var connection = TestTenant.ownerConnection()) {
      Administration.createTenant(connection, "widget-shop");
      Administration.createTenant(connection, "widget-closed");
      Administration.allowOrigins(connection, "widget-shop", Set.of(SHOP));
    }
  }

  @Test
  void aPageOfTheTenantOpensASessionThatReadsDocuments() {
    var token =
        open("widget-shop", SHOP)
            .statusCode(200)
            .body("expires_in", is(900))
            .header("Access-Control-Allow-Origin", SHOP)
            .header("Vary", containsString("Origin"))
            .extract()
            .<String>path("token");
    given()
        .header("Authorization", "Bearer " + token)
        .header("Origin", SHOP)
        .get("/api/v1/documents/none")
        .then()
        .statusCode(404)
        .header("Access-Control-Allow-Origin", SHOP);
    given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body("{}")
        .put("/api/v1/documents/none")
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "http://shop.example", "https://shop.example:444", "null"})
  void anotherOriginGetsNoSessionAndMayReadNothing(String origin) {
    open("widget-shop", origin).statusCode(403).header("Access-Control-Allow-Origin", nullValue());
    preflight(origin, "/api/v1/chat")
        .statusCode(403)
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void aTenantWithoutOriginsAndAnUnknownTenantOpenNoSession() {
    open("widget-closed", SHOP).statusCode(403);
    open("nobody", SHOP).statusCode(403);
  }

  @Test
  void aRequestWithoutAnOriginOpensNoSession() {
    given()
        .contentType("application/json")
        .body("{\"tenant\": \"widget-shop\"}")
        .post("/widget/session")
        .then()
        .statusCode(403);
  }

  @Test
  void aPreflightOfTheTenantsPageIsAnswered() {
    preflight(SHOP, "/api/v1/chat")
        .statusCode(204)
        .header("Access-Control-Allow-Origin", SHOP)
        .header("Access-Control-Allow-Headers", containsString("Authorization"))
        .header("Access-Control-Allow-Credentials", nullValue());
  }

  @Test
  void writingDocumentsIsNeverOfferedToAnotherOrigin() {
    given()
        .header("Origin", SHOP)
        .contentType("application/json")
        .body("{}")
        .put("/api/v1/documents/none")
        .then()
        .statusCode(401)
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void anySiteMayLoadTheWidget() {
    given()
        .get("/widget.js")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/javascript"))
        .header("Access-Control-Allow-Origin", "*");
    given().get("/widget/panel.js").then().header("Access-Control-Allow-Origin", "*");
  }

  @Test
  void withoutTheDemoTheFirstPageOnlySaysThatCandorRuns() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .body(containsString("Candor is running"))
        .body(not(containsString("widget.js")));
    given().get("/demo/company").then().statusCode(404);
  }

  private static ValidatableResponse open(String tenant, String origin) {
    return given()
        .header("Origin", origin)
        .contentType("application/json")
        .body("{\"tenant\": \"%s\"}".formatted(tenant))
        .post("/widget/session")
        .then();
  }

  private static ValidatableResponse preflight(String origin, String path) {
    return given()
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .options(path)
        .then();
  }
}
