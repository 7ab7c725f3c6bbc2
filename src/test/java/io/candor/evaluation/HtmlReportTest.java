package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  @Test
  void thePageNeedsNothingButItselfAndTakesNoTextForMarkup() throws IOException {
    var page = new HtmlReport(half("new <b>"), List.of()).page();

    assertFalse(Pattern.compile("<script|src=|@import|url\\(|<link").matcher(page).find());
    var document = Jsoup.parse(page);
    assertEquals("new <b>", document.selectFirst("h1").text());
    assertEquals("Is <b>39</b> right?", document.selectFirst("article h3").text());
    assertEquals("<script>alert(1)</script>", document.selectFirst("li.relevant p").text());
  }

  @Test
  void figuresStandBesideTargetsAndPublishedOnes() throws IOException {
    var document = Jsoup.parse(new HtmlReport(half("new"), List.of()).page());

    var row = document.selectFirst("table.figures tbody tr");
    assertEquals("hit@1 .500", row.select("th, .strong").text());
    assertEquals("≥ .500", row.selectFirst(".met").text());
    assertEquals(".400 A <rival>", row.selectFirst(".published").text());
    assertTrue(document.select("svg[aria-label=risk by coverage] polyline").size() == 1);
    assertEquals(10, document.select("svg[aria-label^=reliability] circle").size());
  }

  @Test
  void changesSinceAnotherRunAreMarkedWhereTheyAreBeyondNoise() throws IOException {
    var document = Jsoup.parse(new HtmlReport(half("new"), List.of(half("old"))).page());

    assertEquals("±0", document.selectFirst("table.figures tbody tr .quiet:last-child").text());
    assertTrue(document.select("table.ablations").isEmpty());
  }

  @Test
  void severalRunsMakeATableOfTheirChangesAgainstThisOne() throws IOException {
    var none = TestReports.hits("none", 40, i -> 0);
    var document = Jsoup.parse(new HtmlReport(half("all"), List.of(half("same"), none)).page());

    var rows = document.select("table.ablations tbody tr");
    assertEquals(List.of("all", "same", "none"), rows.select("th").eachText());
    assertEquals("", rows.get(0).select(".quiet, .missed, .met").text());
    assertEquals("±0", rows.get(1).selectFirst(".quiet").text());
    assertEquals("−.500", rows.get(2).selectFirst(".missed").text());
    assertEquals("0", rows.get(2).selectFirst(".number b").text());
  }

  private static Report half(String label) throws IOException {
    return TestReports.hits(label, 40, i -> i % 2 == 0 ? 1 : 0);
  }
}
