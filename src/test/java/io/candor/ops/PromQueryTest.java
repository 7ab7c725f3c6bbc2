package io.candor.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQueryTest {
  private static final Scrape SCRAPE =
      Scrape.of(
          """
          # HELP a_seconds A time
          a_seconds_bucket{stage="x",le="0.5"} 1.0
          a_seconds_count{stage="x"} 2
          b_total{kind="y \\"z\\""} 1e3
          """);

  @Test
  void namesAndLabelsAreTakenFromTheExpression() {
    var query =
        PromQuery.of(
            "histogram_quantile(0.95, sum by (le, stage) (rate(a_seconds_bucket[5m]))) > 3 or b_total");
    assertEquals(
        List.of("a_seconds_bucket", "b_total"),
        query.selectors().stream().map(PromQuery.Selector::name).toList());
    assertEquals(Set.of("le", "stage"), query.groupedBy());
  }

  @Test
  void aSampleIsReadWithItsLabelsAndValue() {
    assertEquals(1000, SCRAPE.sum("b_total"));
    assertEquals("y \\\"z\\\"", SCRAPE.named("b_total").findFirst().get().labels().get("kind"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (le) (rate(a_seconds_bucket{stage=~\"x|y\",job=~\".*\"}[$__rate_interval]))",
        "0 * group by (namespace, pod) (a_seconds_count)",
        "sum(a_seconds_count) / ignoring (words) group_left sum(b_total{kind!=\"q\"})"
      })
  void whatIsExportedIsFound(String query) {
    assertEquals(List.of(), PromQuery.of(query).missingIn(SCRAPE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rate(a_second_bucket[5m])",
        "a_seconds_count{stage=\"y\"}",
        "a_seconds_count{step=\"x\"}",
        "sum by (step) (a_seconds_count)",
        "sum(b_total) / sum(c_total)"
      })
  void whatIsNotExportedIsMissing(String query) {
    assertTrue(!PromQuery.of(query).missingIn(SCRAPE).isEmpty(), query);
  }
}
