package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VerifierTest {
  /** claim | evidence | verdict, and a kind of finding that must be among those reported. */
  private static final String PAIRS =
      """
      You can send it back within 30 days. | Items may be returned within thirty days of delivery. | supported
      Good news: you can return items within 30 days of delivery! | Items may be returned within 30 days of delivery. | supported
      Items may be returned within 30 days of delivery. | Items may be returned within 30 days of delivery. | supported
      You have 14 days to return your item. | Items can be returned within two weeks. | supported
      You have 30 days to return an item. | Items can be returned within 30 days. | supported
      Returns are free of charge. | Returns are free. | supported
      There is no charge for returns. | Returns are free. | supported
      We do not charge for delivery. | Delivery is free. | supported
      Shipping costs $5. | The shipping fee is 5 dollars. | supported
      Shipping costs $5.00. | We charge $5 for shipping. | supported
      The annual fee is USD 95. | The annual fee is $95.00. | supported
      Our office opens at 5 pm. | Our office opens at 17:00. | supported
      The sale ends on 3 May 2026. | The sale ends on May 3rd, 2026. | supported
      The sale ends on 2026-05-03. | The sale ends on May 3, 2026. | supported
      Refunds take five to seven business days. | Refunds take 5-7 business days. | supported
      You get 10% off. | You receive a 10 percent discount. | supported
      Support answers within 24 hours. | Our support team responds within one day. | supported
      You can cancel your subscription at any time. | Subscriptions can be cancelled at any time. | supported
      Gift cards can't be refunded. | Gift cards are non-refundable. | supported
      Gift cards are not refundable. | Gift cards cannot be refunded. | supported
      We don't accept cash. | Cash is not accepted. | supported
      Opened software is excluded. | Opened software is not included. | supported
      Sale items can only be returned if they are faulty. | Sale items cannot be returned unless they are faulty. | supported
      If the item is damaged, we will refund you. | We refund you if the item is damaged. | supported
      You don't need to register. | Registration is optional. | supported
      You must show a receipt. | A receipt is required. | supported
      Reach us at help@acme.com. | Contact us at help@acme.com. | supported
      The Pro plan covers up to 5 devices. | The Pro plan includes up to five devices. | supported
      Damaged parcels are replaced by the carrier. | The carrier replaces damaged parcels. | supported
      Please contact our support team within 48 hours. | Contact customer service within two days. | supported
      Refunds go back to your original payment method. | Refunds are issued to the original payment method within 5 business days. | supported
      We ship to Canada and Mexico. | We ship to the United States, Canada and Mexico. | supported
      Orders over $50 ship for free. | Shipping is free for orders over $50. | supported
      Orders of $50 or more ship for free. | Shipping is free for orders of at least $50. | supported
      You can return unopened items within 30 days. | Items can be returned within 30 days if they are unopened. | supported
      Members get a 20% discount. | Members receive 20% off. | supported
      Returns are free and refunds take 5 days. | Returns are free. Refunds take 5 days. | supported
      Express delivery costs $15. | Standard delivery costs $5. Express delivery costs $15. | supported
      You can reset your password in the account settings. | Passwords can be reset in the account settings. | supported
      Our stores are open Monday to Friday. | Stores are open Monday through Friday. | supported
      You can send it back within 60 days. | Items may be returned within thirty days of delivery. | contradicted number
      You have 15 days to return your item. | Items can be returned within two weeks. | contradicted number
      Refunds take 5-10 business days. | Refunds take 5-7 business days. | contradicted number
      Refunds take 5 days. | Refunds take 5 business days. | not number
      You get 15% off. | You receive a 10 percent discount. | contradicted number
      Support answers within 48 hours. | Support answers within one day. | contradicted number
      You can return items within 30 weeks. | You can return items within 30 days. | contradicted number
      You can return items after 30 days. | You can return items within 30 days. | contradicted number
      You need at least 3 items. | You may have at most 3 items. | contradicted number
      The Pro plan covers 10 devices. | The Pro plan covers 5 devices. | contradicted number
      Returns take 30 days and refunds take 5 days. | Returns take 5 days and refunds take 30 days. | contradicted number
      Gold costs $45. | Gold costs $95 and silver costs $45. | contradicted money
      Shipping costs $7. | The shipping fee is 5 dollars. | contradicted money
      Shipping costs 5 euros. | Shipping costs $5. | not money
      The annual fee is $950. | The annual fee is $95. | contradicted money
      Orders under $50 ship free. | Orders over $50 ship free. | contradicted money
      The fee is $30. | The fee is due within 30 days. | not money
      The sale ends on May 4, 2026. | The sale ends on May 3, 2026. | contradicted date
      The sale ends on May 3, 2027. | The sale ends on May 3, 2026. | contradicted date
      The sale ends in June. | The sale ends in July. | contradicted date
      You must apply after 1 March. | You must apply before 1 March. | contradicted date
      We open at 8am. | We open at 9am. | contradicted date
      Our stores are closed on Monday. | Our stores are closed on Tuesday. | contradicted date
      Gift cards can be refunded. | Gift cards cannot be refunded. | contradicted negation
      Gift cards cannot be refunded. | Gift cards can be refunded. | contradicted negation
      Gift cards are refundable. | Gift cards are non-refundable. | contradicted negation
      Pets are allowed in the store. | Pets are forbidden in the store. | contradicted negation
      We accept cash. | We refuse cash. | contradicted negation
      Batteries are included. | Batteries are excluded. | contradicted negation
      You can return opened items. | You can return unopened items. | contradicted negation
      You never pay for returns. | You pay for returns. | contradicted negation
      You can return items without a receipt. | You can return items with a receipt. | contradicted negation
      You can cancel before dispatch. | You can cancel after dispatch. | contradicted negation
      You may show a receipt. | You must show a receipt. | contradicted negation
      You must register. | Registration is optional. | not
      Sale items can be returned if they are faulty. | Sale items can be returned unless they are faulty. | contradicted negation
      You can return shoes. | You can return shoes if they are unworn. | not condition
      You can cancel your order. | You can cancel your order unless it has shipped. | not condition
      Shipping is free. | Shipping is free for orders over $50. | not condition
      All items can be returned. | All items except gift cards can be returned. | not condition
      Refunds take 5 days. | Refunds usually take 5 days. | not condition
      Delivery takes 2 days. | Express delivery takes 2 days. | not condition
      You can return items as long as they are unused. | You can return items within 30 days. | not condition
      You can return shoes if you have a receipt. | You can return shoes. | not condition
      Only members can return items. | Items can be returned. | not condition
      All refunds are paid within 5 days. | Refunds are paid within 5 days. | not condition
      You can return items. | You can return items within 30 days. | not condition
      Contact us at sales@acme.com. | Contact us at help@acme.com. | contradicted name
      We ship to Mexico. | We ship to Canada. | contradicted name
      The Gold plan includes support. | The Silver plan includes support. | not
      The seller pays the buyer. | The buyer pays the seller. | contradicted name
      The buyer is paid by the seller. | The buyer pays the seller. | contradicted name
      You can move money from savings to checking. | You can move money from checking to savings. | contradicted name
      Returns need approval from Acme Corporation. | Returns need approval from the manager. | not name
      Items may be returned within 30 days of purchase. | Items may be returned within 30 days of delivery. | not meaning
      You receive store credit within 5 days. | You receive a refund within 5 days. | not
      You can exchange items within 30 days. | You can return items within 30 days. | not meaning
      We also wrap gifts for free. | Shipping is free. | not meaning
      The warranty covers water damage. | The warranty covers manufacturing defects. | not meaning
      Refunds take 3 days. | Refunds take 5 days. Exchanges take 3 days. | contradicted number
      Our headquarters are in Berlin. | Items may be returned within 30 days. | unsupported
      """;

  @TestFactory
  Stream<DynamicTest> pairsAreJudgedAsAPersonWould() {
    return PAIRS.lines().map(line -> DynamicTest.dynamicTest(line, () -> check(line)));
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
