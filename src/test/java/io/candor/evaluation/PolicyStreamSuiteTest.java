package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.candor.CandorParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class PolicyStreamSuiteTest {
  private static final String FEES =
      "# Fees\\n\\nThe handling fee is %d euros.\\n\\n[Returns](returns.md) %s.";

  private static final String EVENTS =
      """
      {"seq": 1, "date": "2020-01-01T00:00:00Z", "op": "add", "path": "fees.md", "text": "%s"}
      {"seq": 2, "date": "2020-02-01T00:00:00Z", "op": "add", "path": "empty.md", "text": " "}
      {"seq": 3, "date": "2020-03-01T00:00:00Z", "op": "rename", \
      "path": "prices.md", "prev_path": "fees.md", "text": "%s"}
      {"seq": 4, "date": "2020-04-01T00:00:00Z", "op": "modify", "path": "prices.md", "text": "%s"}
      {"seq": 5, "date": "2020-05-01T00:00:00Z", "op": "delete", "path": "prices.md", "text": null}
      """
          .formatted(
              FEES.formatted(4, "are free"),
              FEES.formatted(5, "are free"),
              FEES.formatted(5, "cost 2 euros"));

  private static final String PROBES =
      """
      {"probe": 1, "seq": 3, "title": "Fees", "cloze": "The handling fee is ____ euros.", \
      "old_sentence": "The handling fee is 4 euros.", \
      "new_sentence": "The handling fee is 5 euros."}
      {"probe": 2, "seq": 4, "title": "Fees", "cloze": "Returns ____ euros.", \
      "old_sentence": "Returns are free.", "new_sentence": "Returns cost 3 euros."}
      """;

  @TempDir private Path folder;

  @Test
  void aChangeIsFoundItsPastToo_aRefusedEventIsSkipped_aWrongSentenceIsMissed() throws IOException {
    var data = Files.createDirectory(folder.resolve("policy-stream"));
    Files.writeString(data.resolve("shop.part1.jsonl"), EVENTS);
    Files.writeString(data.resolve("shop.part1.probes.jsonl"), PROBES);
    Files.writeString(data.resolve("other.jsonl"), "");
    Files.writeString(data.resolve("other.probes.jsonl"), "");

    var suite = Suites.find("policy-stream", folder);
    SuiteReport report;
    try (var tenants = new TestTenants();
        var out = new PrintStream(new ByteArrayOutputStream())) {
      report = new Evaluation(folder.resolve("run"), Sample.ALL, out).run(suite, tenants);
    }

    assertEquals(2, report.tags().get("shop").questions());
    assertEquals(1, report.figure("refused documents"));
    assertEquals(0, report.figure("stale@5"));
    assertEquals(0.5, report.figure("fresh@5"));
    assertEquals(1, report.figure("as of"));
    assertEquals(List.of("shop-4-2"), report.worst().stream().map(Result::id).toList());
  }
}
