package io.candor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Garbage at every endpoint: a problem document each time, no stack trace, no hung request. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class HostileInputTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestTenant shop;

  @BeforeAll
  static void openShop() {
    shop = TestTenant.create("hostile");
  }

  static Stream<String> posts() {
    return Stream.of("/api/v1/chat", "/api/v1/search", "/api/v1/verify", "/api/v1/screen");
  }

  @ParameterizedTest
  @MethodSource("posts")
  void aBodyThatIsNotWhatTheEndpointExpectsIsABadRequest(String path) throws Exception {
    var binary = new byte[4096];
    new Random(7).nextBytes(binary);
    for (var body :
        new byte[][] {
          {},
          "null".getBytes(),
          "[]".getBytes(),
          "7".getBytes(),
          "{".getBytes(),
          "{}".getBytes(),
          "{\"message\": 7, \"query\": {}, \"text\": [], \"sentences\": 3}".getBytes(),
          "{\"no_such_field\": true}".getBytes(),
          binary
        }) {
      assertProblem(400, send("POST", path, body, "application/json", shop.key()));
    }
  }

  @ParameterizedTest
  @MethodSource("posts")
  void aMegabyteIsRefusedAndNotServed(String path) throws Exception {
    var field = path.endsWith("chat") ? "message" : path.endsWith("search") ? "query" : "text";
    var body = "{\"%s\": \"%s\"}".formatted(field, "a ".repeat(500_000)).getBytes();
    assertProblem(400, send("POST", path, body, "application/json", shop.key()));
  }

  @ParameterizedTest
  @MethodSource("posts")
  void aRequestWithoutAValidKeyIsUnauthorized(String path) throws Exception {
    var body = "{\"message\": \"hello\"}".getBytes();
    assertProblem(401, send("POST", path, body, "application/json", null));
    assertProblem(401, send("POST", path, body, "application/json", "cnd_wrong"));
    assertProblem(401, send("POST", path, body, "application/json", "a.b.c"));
    assertProblem(415, send("POST", path, body, "text/plain", shop.key()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/chat   | {"message": "hi", "as_of": "tomorrow"}
          /api/v1/chat   | {"message": "hi", "as_of": "9999-12-31T23:59:59Z"}
          /api/v1/chat   | {"message": "hi", "as_of": "-0044-03-15T00:00:00Z"}
          /api/v1/chat   | {"message": "hi", "after": "yesterday"}
          /api/v1/chat   | {"message": "hi", "conversation_id": "1"}
          /api/v1/chat   | {"message": "hi", "locale": "not a language"}
          /api/v1/chat   | {"message": "hi\\u0000there"}
          /api/v1/search | {"query": "hi", "as_of": "9999-12-31T23:59:59Z"}
          /api/v1/search | {"query": "hi", "k": 0}
          /api/v1/search | {"query": "hi", "k": 1000000}
          /api/v1/search | {"query": "hi", "k": "many"}
          /api/v1/search | {"query": "hi", "after": "x"}
          /api/v1/verify | {"sentences": [], "passages": []}
          /api/v1/verify | {"sentences": [{"text": "a", "citations": [9]}], "passages": [{"n": 1, "text": "a"}]}
          /api/v1/verify | {"sentences": [null], "passages": [null]}
          """)
  void aFieldOutOfItsRangeIsABadRequest(String path, String body) throws Exception {
    assertProblem(400, send("POST", path, body.getBytes(), "application/json", shop.key()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/v1/answers/nonsense
          GET    | /api/v1/answers/00000000-0000-0000-0000-000000000000
          GET    | /api/v1/documents/no%2Fsuch
          GET    | /api/v1/documents/no%2Fsuch/versions/1
          DELETE | /api/v1/documents/no%2Fsuch
          GET    | /api/v1/nothing-here
          """)
  void whatDoesNotExistIsNotFound(String method, String path) throws Exception {
    assertProblem(404, send(method, path, new byte[0], "application/json", shop.key()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "🦄🦄🦄 how long?",
        "كم يوماً لدي لإرجاع المنتج؟",
        "<script>alert(1)</script>",
        "' or 1=1 --",
        "﷽"
      })
  void unusualTextIsJustAQuestion(String text) throws Exception {
    var chat = "{\"message\": \"%s\"}".formatted(text).getBytes("UTF-8");
    assertEquals(
        200, send("POST", "/api/v1/chat", chat, "application/json", shop.key()).statusCode());
    var search = "{\"query\": \"%s\"}".formatted(text).getBytes("UTF-8");
    assertEquals(
        200, send("POST", "/api/v1/search", search, "application/json", shop.key()).statusCode());
  }

  @Test
  void aStreamThatCannotBeginIsAProblemToo() throws Exception {
    var request =
        HttpRequest.newBuilder(TestTenant.server().resolve("/api/v1/chat"))
            .header("Authorization", "Bearer " + shop.key())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString("{\"message\": \"\"}"))
            .build();
    var response = CLIENT.send(request, BodyHandlers.ofString());
    assertEquals(400, response.statusCode(), response.body());
    assertTrue(response.body().contains("urn:candor:problem:bad-request"), response.body());
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/chat,urn:candor:problem:too-large", "/v1/chat/completions,too_large"})
  void aBodyThatIsTooLargeIsToldSo(String path, String said) throws Exception {
    var response = send("POST", path, new byte[13 << 20], "application/json", shop.key());
    assertEquals(413, response.statusCode());
    assertTrue(response.body().contains(said), response.body());
  }

  private static void assertProblem(int status, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    var type = response.headers().firstValue("Content-Type").orElse("none");
    assertTrue(type.startsWith("application/problem+json"), type + ": " + response.body());
    assertTrue(response.body().contains("urn:candor:problem:"), response.body());
    assertFalse(response.body().contains("\tat "), "no stack trace: " + response.body());
    assertFalse(response.body().contains("io.candor."), "no class names: " + response.body());
  }

  private static HttpResponse<String> send(
      String method, String path, byte[] body, String type, String key)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(TestTenant.server().resolve(path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(20))
            .method(method, BodyPublishers.ofByteArray(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
