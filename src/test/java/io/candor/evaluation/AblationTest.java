package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationTest {
  private static Suite suite(String name) throws IOException {
    return Suites.find("src/test/resources/suites/%s.yaml".formatted(name), Path.of("."));
  }

  private static List<String> labels(Map<String, String> settings, String... suites)
      throws IOException {
    var found = new java.util.ArrayList<Suite>();
    for (var suite : suites) {
      found.add(suite(suite));
    }
    return Ablation.of(found, settings).stream().map(Ablation::label).toList();
  }

  @Test
  void aSuiteIsRunWithoutTheStepsThatItCanTell() throws IOException {
    var search = labels(Map.of(), "tent-shop");
    assertTrue(search.containsAll(List.of("vectors alone", "text alone")));
    assertFalse(search.contains("without the model"));

    assertTrue(labels(Map.of(), "tent-shop", "stove-shop").contains("without the model"));
    assertEquals(List.of(), labels(Map.of(), "words"));
  }

  @Test
  void whatIsNotConfiguredCannotBeLeftOut() throws IOException {
    var reranker = Map.of("candor.retrieval.reranker.url", "http://localhost/rerank");
    assertFalse(labels(Map.of(), "tent-shop").contains("without the reranker"));
    assertTrue(labels(reranker, "tent-shop").contains("without the reranker"));
  }

  @Test
  void noTwoShareAFile() throws IOException {
    var all = Ablation.of(List.of(suite("tent-shop"), suite("stove-shop")), Map.of());
    var slugs = new HashSet<>(all.stream().map(Ablation::slug).toList());
    assertEquals(all.size(), slugs.size());
  }
}
