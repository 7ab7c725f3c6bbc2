package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static Hit hit(String document, String text) {
    var hit = Evidences.of(text, 1, Optional.empty()).hit();
    return new Hit(
        document,
        hit.title(),
        1,
        hit.versionId(),
        0,
        "",
        text,
        text,
        0,
        text.length(),
        "policy",
        hit.url(),
        hit.validFrom(),
        hit.validUntil(),
        1,
        1,
        1,
        1);
  }

  @Test
  void aLinkLeadsToTheDocumentWhoseKeyEndsLikeIt() {
    var boots =
        hit("products/boots", "The price is on the [repairs](../policies/repairs.md#soles) page.");
    var repairs = hit("policies/repairs", "New soles cost €68.00.");
    var rental = hit("policies/rental", "Boots are not rented.");

    var references = new References(List.of(boots, rental, repairs));

    assertEquals(1, references.to(repairs));
    assertEquals(0, references.to(rental));
    assertEquals(0, references.to(boots));
  }

  @Test
  void anHtmlLinkLeadsToo() {
    var page = hit("faq", "<p>See <a href=\"/help/delivery/\">delivery</a>.</p>");

    assertEquals(1, new References(List.of(page)).to(hit("policies/delivery", "Two days.")));
  }

  @Test
  void whatABetterHitRefersToCountsMore() {
    var other = hit("a", "Nothing.");
    var second = hit("b", "See [fees](fees).");

    assertEquals(2 / 3.0, new References(List.of(other, second)).to(hit("fees", "€3.00")), 1e-9);
  }
}
