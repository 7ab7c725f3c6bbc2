package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Privacy policies of websites (Ahmad et al. 2020): each site is a tenant, each segment of its
 * policy a document. A question that annotators answered in several segments counts once.
 */
record PolicyQa(Path folder) implements Dataset {
  @Override
  public Stream<SuiteDocument> documents() throws IOException {
    return sites().flatMap(PolicyQa::segments);
  }

  private static Stream<SuiteDocument> segments(JsonNode site) {
    var name = site.path("title").asText();
    var segments = site.path("paragraphs");
    return IntStream.range(0, segments.size())
        .mapToObj(s ->
            new SuiteDocument(
                name,
                key(name, s),
                name,
                "policy",
                "text",
                segments.get(s).path("context").asText()));
  }

  @Override
  public Stream<Question> questions() throws IOException {
    return sites().flatMap(PolicyQa::asked);
  }

  private static Stream<Question> asked(JsonNode site) {
    var name = site.path("title").asText();
    var segments = site.path("paragraphs");
    Map<String, Set<String>> relevant = new LinkedHashMap<>();
    Map<String, String> ids = new LinkedHashMap<>();
    for (int s = 0; s < segments.size(); s++) {
      for (var qa : segments.get(s).path("qas")) {
        var text = qa.path("question").asText();
        relevant.computeIfAbsent(text, t -> new LinkedHashSet<>()).add(key(name, s));
        ids.putIfAbsent(text, qa.path("id").asText());
      }
    }
    return relevant.entrySet().stream()
        .map(qa ->
            Question.of(
                ids.get(qa.getKey()), name, qa.getKey(), JsonData.documents(qa.getValue()), name));
  }

  private Stream<JsonNode> sites() throws IOException {
    return JsonData.tree(folder.resolve("dev.json")).path("data").valueStream();
  }

  private static String key(String site, int segment) {
    return "%s/segment-%d".formatted(site, segment);
  }
}
