package io.candor.knowledge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.candor.CandorParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class DocumentsResourceTest {
  private static final String DOCUMENT =
      """
      {"title": "Returns", "kind": "policy", "format": "markdown", "text": "%s"}\
      """;

  private TestTenant tenant;

  @BeforeEach
  void createTenant() throws SQLException {
    tenant = TestTenant.create();
  }

  @Test
  void aDocumentIsReadAsItWasWritten() {
    put("returns", DOCUMENT.formatted("Thirty days. 🙂 שלום"))
        .statusCode(200)
        .body("document", equalTo("returns"))
        .body("version", equalTo(1))
        .body("knowledge.token", equalTo("s1"));

    get("returns")
        .statusCode(200)
        .body("text", equalTo("Thirty days. 🙂 שלום"))
        .body("kind", equalTo("policy"))
        .body("version", equalTo(1))
        .body("valid", hasSize(1))
        .body("valid[0].valid_until", nullValue());
  }

  @Test
  void aNewVersionEndsTheOneBefore() {
    put("returns", DOCUMENT.formatted("Thirty days."));
    var between = Instant.now();
    put("returns", DOCUMENT.formatted("Sixty days.")).body("version", equalTo(2));

    get("returns").body("text", equalTo("Sixty days."));
    get("returns?as_of=" + between).body("text", equalTo("Thirty days."));
    get("returns/versions").body("version", equalTo(java.util.List.of(1, 2)));
    get("returns/versions/1").body("text", equalTo("Thirty days."));
    get("returns/versions/3").statusCode(404);
  }

  @Test
  void theSameAgainIsNoNewVersion() {
    put("returns", DOCUMENT.formatted("Thirty days."));
    put("returns", DOCUMENT.formatted("Thirty days."))
        .body("version", equalTo(1))
        .body("knowledge.token", equalTo("s2"));
  }

  @Test
  void aRetiredDocumentIsGoneUntilItIsPublishedAgain() {
    put("returns", DOCUMENT.formatted("Thirty days."));
    tenantRequest().delete(path("returns")).then().statusCode(200).body("version", equalTo(1));
    get("returns").statusCode(404);
    get("returns/versions/1").statusCode(200);

    put("returns", DOCUMENT.formatted("Thirty days.")).body("version", equalTo(1));
    get("returns").statusCode(200);
  }

  @Test
  void retiringWhatIsNotThereIs404() {
    tenantRequest().delete(path("nothing")).then().statusCode(404);
  }

  @Test
  void anotherTenantSeesNothing() throws SQLException {
    put("returns", DOCUMENT.formatted("Thirty days."));
    tenant = TestTenant.create();

    get("returns").statusCode(404);
    get("returns/versions").statusCode(404);
    tenantRequest().get("/api/v1/documents").then().body("documents", hasSize(0));
    tenantRequest().delete(path("returns")).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"faq%2Freturns", "faq/returns", "a%20b", "%F0%9F%99%82", "a%2Fversions%2Fb"})
  void keysMayHoldSlashesAndMore(String encoded) {
    put(encoded, DOCUMENT.formatted("Thirty days.")).statusCode(200);

    var key = get(encoded).statusCode(200).extract().path("document");
    var decoded = java.net.URLDecoder.decode(encoded, java.nio.charset.StandardCharsets.UTF_8);
    org.junit.jupiter.api.Assertions.assertEquals(decoded, key);
    get(encoded + "/versions").statusCode(200);
    get(encoded + "/versions/1").statusCode(200).body("document", equalTo(decoded));
  }

  @Test
  void aDocumentAnnouncedForLaterStaysHidden() {
    put(
            "sale",
            """
            {"title": "Sale", "kind": "policy", "format": "text", "text": "Half price.",
             "valid_from": "2100-01-01T00:00:00Z", "valid_until": "2100-02-01T00:00:00+01:00"}\
            """)
        .statusCode(200);

    get("sale").statusCode(404);
    get("sale?as_of=2100-01-15T00:00:00Z")
        .statusCode(200)
        .body("valid[0].valid_until", equalTo("2100-01-31T23:00:00Z"));
  }

  @Test
  void documentsAreListedPageByPage() {
    for (var key : new String[] {"a", "b", "c"}) {
      put(key, DOCUMENT.formatted("Thirty days."));
    }

    String cursor =
        tenantRequest()
            .get("/api/v1/documents?limit=2")
            .then()
            .body("documents.document", equalTo(java.util.List.of("a", "b")))
            .extract()
            .path("cursor");
    tenantRequest()
        .get("/api/v1/documents?cursor=" + cursor)
        .then()
        .body("documents.document", equalTo(java.util.List.of("c")))
        .body("cursor", nullValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                                                                              | JSON
          []                                                                             | object
          {}                                                                             | title
          {"title": 7}                                                                   | title
          {"title": " ", "kind": "faq", "format": "text", "text": "x"}                   | title
          {"title": "x", "kind": "novel", "format": "text", "text": "x"}                 | kind
          {"title": "x", "kind": "faq", "format": "pdf", "text": "x"}                    | format
          {"title": "x", "kind": "faq", "format": "text", "text": ""}                    | text
          {"title": "x", "kind": "faq", "format": "text", "text": "a\\u0000b"}           | text
          {"title": "x", "kind": "faq", "format": "text", "text": "a\\ud800b"}           | text
          {"title": "x", "kind": "faq", "format": "text", "text": "x", "tenant": "y"}    | tenant
          {"title": "x", "kind": "faq", "format": "text", "text": "x", "url": "javascript:x"} | url
          {"title": "x", "kind": "faq", "format": "text", "text": "x", "valid_from": "soon"} | valid_from
          {"title": "x", "kind": "faq", "format": "text", "text": "x", "valid_from": "9999-01-01T00:00Z"} | valid_from
          {"title": "x", "kind": "faq", "format": "text", "text": "x", "valid_until": "1999-01-01T00:00Z"} | valid_until
          {"title": "x", "kind": "faq", "format": "html", "text": "<script>x</script>"}  | words
          """)
  void whatIsWrongIsNamed(String body, String complaint) {
    put("x", body).statusCode(400).body("detail", containsString(complaint));
    get("x").statusCode(404);
  }

  @Test
  void tooLongIsRefused() {
    put("x", DOCUMENT.formatted("word ".repeat(1_000_001))).statusCode(400);
    put("k".repeat(513), DOCUMENT.formatted("x")).statusCode(400);
    put("x", DOCUMENT.formatted("x")).statusCode(200);
  }

  @Test
  void aTokenInForceIsToldWithItsLag() {
    put("returns", DOCUMENT.formatted("Thirty days."));

    tenantRequest()
        .get("/api/v1/knowledge?after=s1")
        .then()
        .statusCode(200)
        .body("token", equalTo("s1"));
    tenantRequest().get("/api/v1/knowledge?after=x1").then().statusCode(400);
    tenantRequest().get("/api/v1/knowledge?after=s9").then().statusCode(409);
  }

  private ValidatableResponse put(String key, String body) {
    return tenantRequest().contentType("application/json").body(body).put(path(key)).then();
  }

  private ValidatableResponse get(String path) {
    return tenantRequest().get(path(path)).then();
  }

  private static String path(String key) {
    return "/api/v1/documents/" + key;
  }

  private RequestSpecification tenantRequest() {
    return given()
        .urlEncodingEnabled(false)
        .headers(Map.of("Authorization", "Bearer " + tenant.key()));
  }
}
