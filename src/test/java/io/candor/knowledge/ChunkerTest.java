package io.candor.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
  private static final List<String> BLOCKS =
      List.of(
          "# Returns\n",
          "## \n",
          "Setext\n------\n",
          "You may return goods within 30 days. Gift cards, e.g. the blue one, are excluded!\n",
          "שלום עולם. ניתן להחזיר מוצרים תוך 30 יום. מותר?\n",
          "🙂 Great 👩‍👩‍👧‍👦. Really 🎉! Done\n",
          "- one\n- two\n  - two a. And more.\n  - two b\n\n  still two\n- three\n",
          "You need:\n\n1. the receipt\n2. the box\n",
          "| Item | Days |\n|-|-|\n| Kettle | 30 |\n| Lamp | 14 |\n",
          "```\ncode. With stops. Here\n```\n",
          "> Quoted. Twice.\n> And on.\n",
          "    indented code\n",
          "<div>raw <b>html</b>. Here.</div>\n",
          "a".repeat(3000) + "\n",
          "word ".repeat(700) + "\n",
          "***\n",
          "[ref]: https://example.org 'x'\n",
          "一。二！三？\n");

  @ParameterizedTest
  @EnumSource(Format.class)
  void passagesAreOrderedDisjointAndReadableInRandomTexts(Format format) {
    var random = new Random(7);
    for (int round = 0; round < 400; round++) {
      var text = randomText(random);
      var end = 0;
      for (var passage : Chunker.chunk(format, text)) {
        assertTrue(passage.start() >= end, "no overlap in: " + text);
        var range = text.substring(passage.start(), passage.end());
        assertFalse(Character.isLowSurrogate(range.charAt(0)), "whole characters at the start");
        assertFalse(Character.isHighSurrogate(range.charAt(range.length() - 1)), "and at the end");
        assertEquals(range.strip(), range);
        assertTrue(range.length() <= Sentences.LONGEST, "not too long: " + range.length());
        if (format != Format.HTML) {
          assertEquals(range, passage.text());
        }
        end = passage.end();
      }
    }
  }

  @Test
  void noWordIsLostButThoseOfHeadings() {
    var random = new Random(3);
    for (int round = 0; round < 200; round++) {
      var text = randomText(random);
      var kept = new StringBuilder();
      Chunker.chunk(Format.TEXT, text).forEach(passage -> kept.append(passage.text()));
      assertEquals(text.replaceAll("\\s", ""), kept.toString().replaceAll("\\s", ""));
    }
  }

  @Test
  void aSentenceIsNeverSplit() {
    var sentences =
        IntStream.range(0, 300)
            .mapToObj(
                i -> "Rule %d of Acme Inc. says %s.".formatted(i, "so ".repeat(i % 60).strip()))
            .toList();

    var passages = Chunker.chunk(Format.MARKDOWN, "# Rules\n\n" + String.join(" ", sentences));

    for (var sentence : sentences) {
      assertTrue(passages.stream().anyMatch(p -> p.text().contains(sentence)), sentence);
    }
    assertTrue(passages.stream().allMatch(p -> p.text().length() <= Packing.MOST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void headingsMakeThePath(String newline) {
    var text =
        """
        ---
        title: Returns
        ---
        Before all.
        # Returns
        ## Kettles & *irons*
        Thirty days.
        # Other
        None.
        """
            .replace("\n", newline);

    var passages = Chunker.chunk(Format.MARKDOWN, text);

    assertEquals(
        List.of("Before all.", "## Kettles & *irons*\nThirty days.", "# Other\nNone."),
        passages.stream().map(p -> p.text().replace("\r", "")).toList());
    assertEquals(
        List.of("", "Returns > Kettles & irons", "Other"),
        passages.stream().map(Passage::heading).toList());
  }

  @Test
  void tableRowsKnowTheirColumns() {
    var rows = new StringBuilder("# Periods\n\n| Item | Days |\n|---|---|\n");
    IntStream.range(0, 60).forEach(i -> rows.append("| Item number %d | %d |\n".formatted(i, i)));

    var passages = Chunker.chunk(Format.MARKDOWN, rows.toString());

    assertTrue(passages.size() > 1);
    assertTrue(passages.stream().allMatch(p -> p.heading().equals("Periods > Item | Days")));
    assertTrue(passages.getFirst().text().startsWith("| Item | Days |"));
    assertTrue(passages.getLast().text().endsWith("| Item number 59 | 59 |"));
  }

  @Test
  void aListKeepsItsLeadIn() {
    var before = "This is said before the list begins, at some length. ".repeat(7);

    var passages =
        Chunker.chunk(Format.MARKDOWN, before + "\n\nYou need:\n\n- the receipt\n- the box\n");

    assertTrue(
        passages.stream()
            .anyMatch(p -> p.text().contains("You need:") && p.text().contains("the receipt")),
        passages.toString());
  }

  @Test
  void htmlIsReadAsItLooks() {
    var text =
        """
        <html><head><title>x</title><style>p {}</style></head><body>
        <h1>Returns &amp; refunds</h1>
        <p>Within <b>30&nbsp;days</b>. Not&#32;later.<br>Really.</p>
        <script>alert('no');</script>
        <table><tr><th>Item</th><th>Days</th></tr><tr><td>Kettle</td><td>30</td></tr></table>
        <ul><li>one</li><li>two</li></ul>
        </body></html>
        """;

    var passages = Chunker.chunk(Format.HTML, text);

    assertEquals(
        List.of("Within 30 days. Not later. Really.", "Item Days Kettle 30", "one two"),
        passages.stream().map(p -> p.text().replace('\u00a0', ' ')).toList());
    assertEquals("Returns & refunds > Item | Days", passages.get(1).heading());
    var first = passages.getFirst();
    assertEquals(
        "Within <b>30&nbsp;days</b>. Not&#32;later.<br>Really.",
        text.substring(first.start(), first.end()));
  }

  @Test
  void anEditLeavesThePassagesAwayFromItAsTheyWere() {
    var random = new Random(11);
    int all = 0;
    for (int round = 0; round < 100; round++) {
      var paragraphs = new ArrayList<String>();
      for (int i = 0; i < 60; i++) {
        paragraphs.add(randomParagraph(random));
      }
      var before = hashes("# Terms\n\n" + String.join("\n\n", paragraphs));
      paragraphs.set(random.nextInt(60), randomParagraph(random));
      var after = hashes("# Terms\n\n" + String.join("\n\n", paragraphs));
      after.removeAll(before);
      all += after.size();
    }
    assertTrue(all <= 400, "new passages after 100 edits: " + all);
  }

  @Test
  void hostileNestingIsReadOrRefusedButDoesNotHang() {
    for (var text :
        List.of(
            ">".repeat(20_000) + " x",
            "[".repeat(50_000),
            "- ".repeat(5_000) + "x",
            "*a **b ".repeat(10_000),
            "<div>".repeat(20_000) + "x",
            "<b>".repeat(20_000) + "x")) {
      for (var format : Format.values()) {
        Chunker.chunk(format, text);
      }
    }
  }

  private static HashSet<String> hashes(String text) {
    var hashes = new HashSet<String>();
    for (var passage : Chunker.chunk(Format.MARKDOWN, text)) {
      hashes.add(java.util.HexFormat.of().formatHex(passage.hash("Terms")));
    }
    return hashes;
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    int blocks = random.nextInt(12) + 1;
    for (int i = 0; i < blocks; i++) {
      text.append(BLOCKS.get(random.nextInt(BLOCKS.size())));
      text.append(random.nextInt(4) == 0 ? "" : "\n");
    }
    return random.nextBoolean() ? text.toString() : text.toString().replace("\n", "\r\n");
  }

  private static String randomParagraph(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append("Rule ").append(random.nextInt(1_000_000)).append(" applies");
      text.append(" here".repeat(random.nextInt(20))).append(". ");
    }
    return text.toString();
  }
}
