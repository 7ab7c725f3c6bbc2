package io.candor.knowledge;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.candor.CandorParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class DocumentImportTest {
  private static final String RETURNS =
      "# Returns\n\nYou may return an item within thirty days of delivery, and we pay for the label.\n";

  private TestTenant tenant;

  @BeforeEach
  void createTenant() throws SQLException {
    tenant = TestTenant.create();
  }

  @Test
  void everyFileHasItsOutcome() {
    var files = request();
    file(files, "returns.md", RETURNS);
    file(files, "faq.csv", "question,answer\nWho pays?,We do.\nHow long?,Thirty days.");
    file(files, "broken.pdf", "no PDF");
    file(files, "../../etc/passwd.txt", "climbs");
    load(files)
        .statusCode(200)
        .body("status", equalTo(List.of("created", "created", "created", "refused", "refused")))
        .body("document", hasItems("returns.md", "faq.csv#who-pays", "faq.csv#how-long"))
        .body("[3].reason", containsString("its name says pdf"))
        .body("[4].version", nullValue());

    given()
        .header("Authorization", "Bearer " + tenant.key())
        .get("/api/v1/documents/returns.md")
        .then()
        .body("text", equalTo(RETURNS))
        .body("locale", equalTo("en"));
  }

  @Test
  void theSameAgainIsUnchangedAndAnEditIsChanged() {
    load(file(request(), "r.md", RETURNS)).body("[0].status", equalTo("created"));
    load(file(request(), "r.md", RETURNS)).body("[0].status", equalTo("unchanged"));
    load(file(request(), "r.md", RETURNS.replace("thirty", "sixty")))
        .body("[0].status", equalTo("changed"))
        .body("[0].version", equalTo(2));
  }

  @Test
  void aCopyIsNamedAndNotStoredTwiceUnlessAsked() {
    load(file(request(), "r.md", RETURNS));
    load(file(request(), "copy.md", RETURNS))
        .body("[0].status", equalTo("unchanged"))
        .body("[0].version", nullValue())
        .body("[0].resembles.document", equalTo("r.md"));
    load(file(request().queryParam("duplicates", "report"), "copy.md", RETURNS))
        .body("[0].status", equalTo("created"));
  }

  @Test
  void ofTwoFilesWithOneKeyTheFirstIsStoredAndTheOtherRefused() {
    var files = request();
    file(files, "a.md", "---\nkey: returns\n---\nThirty days.");
    file(files, "b.md", "---\nkey: returns\n---\nSixty days.");
    load(files)
        .statusCode(200)
        .body("status", equalTo(List.of("created", "refused")))
        .body("[1].reason", equalTo("'a.md' has the same key: give one of them another"));
  }

  @Test
  void aRowWithoutAnAnswerIsRefusedAndTheOthersAreStored() {
    load(file(request(), "faq.csv", "question,answer\nWho pays?,We do.\nHow long?,"))
        .body("status", equalTo(List.of("created", "refused")))
        .body("[1].reason", equalTo("row 3: it has no answer"));
  }

  @Test
  void aRequestWithoutAFileIsRefused() {
    load(request().multiPart("note", "no file")).statusCode(400);
  }

  private RequestSpecification request() {
    return given().header("Authorization", "Bearer " + tenant.key());
  }

  private static RequestSpecification file(RequestSpecification request, String name, String text) {
    return request.multiPart(
        "file", name, text.getBytes(StandardCharsets.UTF_8), "application/octet-stream");
  }

  private static ValidatableResponse load(RequestSpecification request) {
    return request.post("/api/v1/documents/import").then();
  }
}
