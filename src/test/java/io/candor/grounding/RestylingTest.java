package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Policy sentences said in a warm brand's voice, and the same with a fact or restriction changed.
 */
class RestylingTest {
  /** What was asked, the policy's sentence, and a claim that says it or, if a twin, does not. */
  private record Restyling(String question, String fact, String claim, boolean faithful) {
    boolean supported() {
      var judgement =
          Verifiers.SHIPPED.verify(
              new Claim(claim, List.of(), question), List.of(new Passage(1, fact)));
      return judgement.verdict() == Verdict.SUPPORTED;
    }
  }

  @Test
  void whatSaysTheSameIsSupported() {
    assertTrue(share("supported", true) >= .28);
  }

  @Test
  void whatClaimsMoreIsNot() {
    assertTrue(share("refused", false) >= .97);
  }

  private static double share(String name, boolean faithful) {
    List<Restyling> restylings = read().stream().filter(r -> r.faithful() == faithful).toList();
    long right = restylings.stream().filter(r -> r.supported() == faithful).count();
    double share = (double) right / restylings.size();
    System.out.printf("restylings %s: %.3f of %d%n", name, share, restylings.size());
    return share;
  }

  private static List<Restyling> read() {
    var restylings = new ArrayList<Restyling>();
    String question = "";
    String fact = "";
    for (String line : lines()) {
      String text = line.length() > 2 ? line.substring(2) : "";
      switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case 'Q' -> question = text;
        case 'F' -> fact = text;
        case '+', '-' -> restylings.add(new Restyling(question, fact, text, line.charAt(0) == '+'));
        default -> {}
      }
    }
    return restylings;
  }

  private static List<String> lines() {
    try (var in = RestylingTest.class.getResourceAsStream("restylings.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
