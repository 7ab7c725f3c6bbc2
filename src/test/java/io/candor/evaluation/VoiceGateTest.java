package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.evaluation.VoiceVerdict.Line;
import io.candor.serving.AdapterAdministration;
import io.candor.serving.lora.TestLora;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on the real model: an adapter of noise must not get through. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class VoiceGateTest {
  private static final int QUESTIONS = 6;

  @TempDir private Path folder;

  @Test
  void anAdapterThatMakesNonsenseDoesNotPass() throws Exception {
    var shop = TestTenant.create("gate");
    var noise =
        TestLora.adapter(
            folder.resolve("noise"),
            1,
            8,
            16,
            0.5f,
            new TestLora.Weight("blk.3.attn_q.weight", 576, 576),
            new TestLora.Weight("blk.9.attn_v.weight", 576, 192));
    try (var owner = CandorParts.connect("quarkus.flyway")) {
      AdapterAdministration.add(owner, shop.name(), "noise", noise, Optional.empty());
    }
    try (var server = new ServerUnderTest(TestTenant.server(), shop.key())) {
      var gate =
          new VoiceGate(
              folder.resolve("gate"),
              new Sample(QUESTIONS, List.of()),
              new PrintStream(OutputStream.nullOutputStream()));
      var verdict =
          gate.run(
              Suites.find("voice", null),
              Suites.find("golden", null),
              new VoiceGate.Contest(server, "noise", "none"));

      assertFalse(verdict.passed());
      assertEquals(QUESTIONS, verdict.questions());
      assertEquals(0, verdict.failed());
      assertEquals(VoiceRule.all(false).size(), verdict.lines().size());
      var words = line(verdict, "perplexity of references");
      assertTrue(words.after() > words.before(), words::toString);
      assertFalse(words.passed());
      var shown = line(verdict, "facts retained after verification");
      assertTrue(shown.after() >= 0.99, "what it says is verified: " + shown);
      var silent = line(verdict, VoiceRule.ABSTENTIONS);
      assertEquals(1, silent.before());
      assertTrue(silent.passed(), "whether to answer is decided before the voice: " + silent);
    }
  }

  private static Line line(VoiceVerdict verdict, String figure) {
    return verdict.lines().stream()
        .filter(it -> it.figure().equals(figure))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingIsComparedWithItself() {
    assertThrows(
        IllegalArgumentException.class, () -> new VoiceGate.Contest(null, "brand", "brand"));
  }
}
