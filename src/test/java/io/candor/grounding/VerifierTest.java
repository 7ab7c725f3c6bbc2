package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VerifierTest {

  @TestFactory
  Stream<DynamicTest> pairsAreJudgedAsAPersonWould() throws IOException {
    return pairs().map(line -> DynamicTest.dynamicTest(line, () -> check(line)));
  }

  private static Stream<String> pairs() throws IOException {
    try (var in = VerifierTest.class.getResourceAsStream("pairs.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }
  }

  private static void check(String line) {
    String[] part = line.split("\\s*\\|\\s*");
    String[] expected = part[2].split("\\s+");
    Judgement judgement =
        Verifiers.SHIPPED.verify(new Claim(part[0], List.of()), List.of(new Passage(1, part[1])));
    if (expected[0].equals("not")) {
      assertFalse(judgement.verdict() == Verdict.SUPPORTED, judgement.toString());
    } else {
      assertEquals(expected[0], judgement.verdict().name().toLowerCase(), judgement.toString());
    }
    if (expected.length > 1) {
      var kinds = new ArrayList<String>();
      judgement.findings().forEach(finding -> kinds.add(finding.kind().name().toLowerCase()));
      assertTrue(kinds.contains(expected[1]), judgement.toString());
    }
  }

  private static final List<Passage> MARKDOWN =
      List.of(
          new Passage(
              1,
              """
              # Shipping

              | Method | Price | Time |
              |---|---|---|
              | Standard | $5 | 5 days |
              | Express | $15 | 2 days |

              The following cannot be returned:
              - gift cards
              - opened software
              - perishable goods
              """),
          new Passage(2, "Shoes can be returned within 30 days. They must be unworn."));

  @TestFactory
  Stream<DynamicTest> listsTablesAndPronounsAreReadInTheirContext() {
    return Stream.of(
            "Express shipping costs $15 | SUPPORTED",
            "Express shipping costs $5 | CONTRADICTED",
            "Gift cards can't be returned. | SUPPORTED",
            "Gift cards can be returned. | CONTRADICTED",
            "Gift cards and opened software cannot be returned. | SUPPORTED",
            "Shoes must be unworn. | SUPPORTED",
            "Shoes can be returned within 30 days and they must be unworn. | SUPPORTED")
        .map(line -> line.split(" \\| "))
        .map(part ->
            DynamicTest.dynamicTest(
                Arrays.toString(part),
                () -> {
                  Judgement judgement =
                      Verifiers.SHIPPED.verify(new Claim(part[0], List.of()), MARKDOWN);
                  assertEquals(part[1], judgement.verdict().name(), judgement.toString());
                }));
  }

  @Test
  void headingsAboveCountAndThoseOfOtherSectionsDoNot() {
    var passages =
        List.of(
            new Passage(
                1, "# Tents\n\n## Warranty\n\nIt lasts 3 years.\n\n# Boots\n\nThey cost €90."));
    assertEquals(Verdict.SUPPORTED, verdict("The warranty on tents lasts 3 years.", passages));
    assertFalse(Verdict.SUPPORTED == verdict("The warranty on boots lasts 3 years.", passages));
    assertFalse(Verdict.SUPPORTED == verdict("Tents cost €90.", passages));
  }

  @Test
  void whatIsQuotedInWholeSentencesIsSupported() {
    var passages = List.of(new Passage(1, "Ask Mr. X first. Rugs, e.g. kilims, cannot. They rot."));
    assertEquals(Verdict.SUPPORTED, verdict("Rugs, e.g. kilims, cannot. They rot.", passages));
    assertFalse(Verdict.SUPPORTED == verdict("They.", passages));
  }

  private static Verdict verdict(String claim, List<Passage> passages) {
    return Verifiers.SHIPPED.verify(new Claim(claim, List.of()), passages).verdict();
  }

  @Test
  void onlyCitedPassagesCount() {
    var cited = new Claim("Shoes can be returned within 30 days.", List.of(1));
    assertEquals(Verdict.UNSUPPORTED, Verifiers.SHIPPED.verify(cited, MARKDOWN).verdict());
    assertThrows(
        IllegalArgumentException.class,
        () -> Verifiers.SHIPPED.verify(new Claim("Shoes.", List.of(7)), MARKDOWN));
  }

  @TestFactory
  Stream<DynamicTest> courtesyMakesNoClaim() {
    return Stream.of(
            "Happy to help!",
            "Thanks for reaching out.",
            "Hi there!",
            "Let me know if you have any questions.",
            "Is there anything else I can help you with?",
            "Sorry for the inconvenience.",
            "Have a great day!")
        .map(s -> DynamicTest.dynamicTest(s, () -> assertTrue(Verifiers.SHIPPED.makesNoClaim(s))));
  }

  @TestFactory
  Stream<DynamicTest> whatStatesAFactMakesAClaim() {
    return Stream.of(
            "Happy to help: returns are free!",
            "Thanks, your refund is on its way.",
            "We answer within 24 hours.",
            "Sorry, we cannot help with that.",
            "You can contact support at any time.",
            "Yes, you can.")
        .map(s -> DynamicTest.dynamicTest(s, () -> assertFalse(Verifiers.SHIPPED.makesNoClaim(s))));
  }
}
