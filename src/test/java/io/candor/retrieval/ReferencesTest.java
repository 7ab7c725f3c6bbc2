package io.candor.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  @Test
  void aLinkLeadsToTheDocumentWhoseKeyEndsLikeIt() {
    var boots =
        Evidences.hitOf(
            "products/boots", "The price is on the [repairs](../policies/repairs.md#soles) page.");
    var repairs = Evidences.hitOf("policies/repairs", "New soles cost €68.00.");
    var rental = Evidences.hitOf("policies/rental", "Boots are not rented.");

    var references = new References(List.of(boots, rental, repairs));

    assertEquals(1, references.to(repairs));
    assertEquals(0, references.to(rental));
    assertEquals(0, references.to(boots));
  }

  @Test
  void anHtmlLinkLeadsToo() {
    var page = Evidences.hitOf("faq", "<p>See <a href=\"/help/delivery/\">delivery</a>.</p>");

    assertEquals(
        1, new References(List.of(page)).to(Evidences.hitOf("policies/delivery", "Two days.")));
  }

  @Test
  void whatABetterHitRefersToCountsMore() {
    var other = Evidences.hitOf("a", "Nothing.");
    var second = Evidences.hitOf("b", "See [fees](fees).");

    assertEquals(
        2 / 3.0, new References(List.of(other, second)).to(Evidences.hitOf("fees", "€3.00")), 1e-9);
  }
}
