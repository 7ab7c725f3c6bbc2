package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void ratingsCountForTheRunThatSaidItAndOutliveTheProcess() throws IOException {
    var file = folder.resolve("ratings.jsonl");
    var sides = new SideBySide(answers("old"), answers("new"), file);
    var first = sides.pairs().get(0);
    var second = sides.pairs().get(1);
    sides.rate(first.id(), sideOf("old", first));
    sides.rate(first.id(), sideOf("new", first));
    sides.rate(second.id(), SideBySide.Choice.TIE);

    var again = new SideBySide(answers("old"), answers("new"), file);

    assertEquals(3, Files.readAllLines(file).size());
    var tally = again.tally();
    assertEquals(List.of(1, 1, 0), List.of(tally.wins(), tally.ties(), tally.losses()));
    assertEquals(0.75, tally.preference());
    assertTrue(tally.low() >= 0.5 && tally.high() <= 1);
    assertEquals(sideOf("new", first), again.pairs().getFirst().rated());
  }

  private static SideBySide.Choice sideOf(String run, SideBySide.Pair pair) {
    return pair.left().startsWith(run) ? SideBySide.Choice.LEFT : SideBySide.Choice.RIGHT;
  }

  @Test
  void sidesAreMixedAndEqualAnswersNotShown() throws IOException {
    var sides = new SideBySide(answers("old"), answers("new"), folder.resolve("none.jsonl"));
    long swapped = sides.pairs().stream().filter(SideBySide.Pair::isSwapped).count();
    assertTrue(swapped > 5 && swapped < 35, "swapped " + swapped);
    assertEquals(40, sides.pairs().size());
    assertEquals(1, sides.tally().same());
  }

  @Test
  void thePageIsBlindAndServesThisMachineAlone() throws Exception {
    var file = folder.resolve("ratings.jsonl");
    try (var page = new RatingPage(new SideBySide(answers("old"), answers("new"), file), 0)) {
      var pairs = get(page.address() + "/pairs").body();
      assertFalse(pairs.contains("swapped") || pairs.contains("second"), pairs);
      var id = ServerUnderTest.JSON.readTree(pairs).get(0).path("id").asText();
      var rating = "{\"id\": \"%s\", \"choice\": \"left\"}".formatted(id);

      assertEquals(415, post(page, rating, "text/plain").statusCode());
      assertEquals(400, post(page, "{}", "application/json").statusCode());
      assertEquals(200, post(page, rating, "application/json").statusCode());
      assertEquals(1, Files.readAllLines(file).size());
      assertTrue(get(page.address() + "/").body().contains("Which answer is better?"));
      assertEquals(404, get(page.address() + "/other").statusCode());
    }
  }

  private static HttpResponse<String> get(String uri) throws Exception {
    return CLIENT.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(RatingPage page, String body, String type)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(page.address() + "/ratings"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Forty answers that name their run, and one that all runs give. */
  private static Report answers(String label) throws IOException {
    var definition =
        new SuiteDefinition(
            "chat",
            null,
            SuiteDefinition.Kind.ANSWERS,
            null,
            null,
            false,
            false,
            0,
            "right",
            null,
            null,
            null);
    var results =
        IntStream.rangeClosed(0, 40)
            .mapToObj(i ->
                new Scores(
                    "q" + i,
                    List.of(),
                    Map.of(),
                    "Question " + i + "?",
                    i == 0 ? "the same" : label + " answer " + i))
            .toList();
    var suite =
        new SuiteReport(
            definition,
            41,
            0,
            "",
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            results);
    return new Report("run", label, Instant.EPOCH, List.of(suite));
  }
}
