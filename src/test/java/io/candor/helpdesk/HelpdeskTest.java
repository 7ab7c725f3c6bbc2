package io.candor.helpdesk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.CandorParts;
import io.candor.TestTenant;
import io.candor.ops.Scrape;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way, from a helpdesk's delivery through the real pipeline to its API. */
@QuarkusTest
@QuarkusTestResource(CandorParts.class)
class HelpdeskTest {
  private static final String QUESTION = "How long do I have to return an item?";
  private static final String AUTO = "{\"confidence\": 0.3}";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Stream<SimulatedVendor> vendors() {
    return Stream.of(
        new SimulatedZendesk(),
        new SimulatedChatwoot(),
        new SimulatedIntercom(),
        new SimulatedFreshdesk(),
        new SimulatedStandard());
  }

  private static TestTenant shop() {
    var tenant = TestTenant.create("desk");
    tenant.put(
        "returns",
        "Returns",
        "# Returns\n\nYou have 30 days from delivery to return an item. Items must be unused.");
    tenant.put(
        "lithium",
        "Batteries",
        "# Damaged batteries\n\nA refund for a damaged battery must be approved by the safety team.");
    return tenant;
  }

  private static Helpdesk zendesk(String mode, String settings) throws IOException {
    return new Helpdesk(shop(), new SimulatedZendesk(), mode, settings);
  }

  private static void awaitReplies(Helpdesk desk, String conversation, int replies) {
    await().atMost(PATIENCE).until(() -> desk.desks().replies(conversation).size() == replies);
  }

  private static void awaitResult(Helpdesk desk, String result) {
    await().atMost(PATIENCE).until(() -> result.equals(desk.lastResult()));
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void aQuestionIsAnsweredWithItsSourceOnceHoweverOftenItIsDelivered(SimulatedVendor vendor)
      throws Exception {
    try (var desk = new Helpdesk(shop(), vendor, "auto", AUTO)) {
      var conversation = desk.open();
      var said = desk.said(conversation, QUESTION);
      for (int i = 0; i < 3; i++) {
        assertEquals(204, Helpdesk.send(vendor.message(desk.hook(), said, desk.secret())));
      }
      awaitReplies(desk, conversation, 1);
      var reply = desk.desks().replies(conversation).getFirst();
      assertTrue(reply.contains("30 days"), reply);
      assertTrue(reply.contains("[1] Returns"), reply);
      awaitResult(desk, "replied");
      assertEquals(List.of(), desk.desks().notes(conversation));
    }
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void whatIsSignedWithAnotherSecretIsNotAccepted(SimulatedVendor vendor) throws Exception {
    try (var desk = new Helpdesk(shop(), vendor, "auto", AUTO)) {
      var conversation = desk.open();
      var forged = vendor.message(desk.hook(), desk.said(conversation, QUESTION), "d3Jvbmc=");
      assertEquals(401, Helpdesk.send(forged));
      assertEquals(0, desk.api("GET", "/deliveries", "").body().path("deliveries").size());
    }
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void whatAsksForAPersonIsHandedOverWithASummary(SimulatedVendor vendor) throws Exception {
    try (var desk = new Helpdesk(shop(), vendor, "auto", AUTO)) {
      var conversation = desk.open();
      desk.says(conversation, QUESTION);
      awaitReplies(desk, conversation, 1);
      desk.says(conversation, "I want to talk to a person please");
      await().atMost(PATIENCE).until(() -> desk.desks().status(conversation).equals("open"));
      assertTrue(desk.desks().replies(conversation).get(1).contains("colleague"));
      var note = desk.desks().notes(conversation).getFirst();
      assertTrue(note.contains("asked for a person"), note);
      assertTrue(note.contains("How long do I have"), note);

      desk.says(conversation, "And how long is the warranty?");
      awaitResult(desk, "with_a_person");
      assertEquals(2, desk.desks().replies(conversation).size());

      assertEquals(
          204, desk.api("POST", "/conversations/" + conversation + "/give-back", "").status());
      vendor.giveBack(conversation);
      desk.says(conversation, "How many days do I have to return it?");
      awaitReplies(desk, conversation, 3);
    }
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void aTestEventGoesThroughAndAnswersNobody(SimulatedVendor vendor) throws Exception {
    try (var desk = new Helpdesk(shop(), vendor, "auto", AUTO)) {
      var tested = desk.api("POST", "/test", "").body();
      assertTrue(tested.path("ok").asBoolean(), tested.toString());
      assertEquals(List.of(), desk.desks().entries("candor-test"));
    }
  }

  @ParameterizedTest
  @MethodSource("vendors")
  void aHelpdeskThatFailsHalfOfTheTimeGetsEveryReplyOnce(SimulatedVendor vendor) throws Exception {
    try (var desk = new Helpdesk(shop(), vendor, "auto", AUTO)) {
      desk.simulator().failing(0.5);
      var conversations = Stream.generate(desk::open).limit(6).toList();
      for (var conversation : conversations) {
        assertEquals(204, desk.says(conversation, QUESTION));
      }
      for (var conversation : conversations) {
        await()
            .atMost(Duration.ofSeconds(120))
            .until(() -> !desk.desks().replies(conversation).isEmpty());
      }
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> !desk.api("GET", "/deliveries", "").body().toString().contains("planned"));
      assertTrue(desk.simulator().failures() > 0);
      for (var conversation : conversations) {
        assertEquals(1, desk.desks().replies(conversation).size());
      }
    }
  }

  @Test
  void aDraftingChannelWritesNotesOnly() throws Exception {
    try (var desk = zendesk("draft", AUTO)) {
      var conversation = desk.open();
      desk.says(conversation, QUESTION);
      awaitResult(desk, "drafted");
      var note = desk.desks().notes(conversation).getFirst();
      assertTrue(note.contains("30 days") && note.contains("(returns, version 1)"), note);
      assertEquals(List.of(), desk.desks().replies(conversation));
      assertEquals("", desk.desks().status(conversation));
    }
  }

  @Test
  void whatIsNotSureEnoughIsDraftedAndShown() throws Exception {
    try (var desk = zendesk("auto", "{\"confidence\": 1}")) {
      var conversation = desk.open();
      desk.says(conversation, QUESTION);
      awaitResult(desk, "drafted");
      assertEquals(List.of(), desk.desks().replies(conversation));
      assertEquals("open", desk.desks().status(conversation));
    }
  }

  @Test
  void aChannelThatIsOffOnlyKeeps() throws Exception {
    try (var desk = zendesk("off", AUTO)) {
      var conversation = desk.open();
      assertEquals(204, desk.says(conversation, QUESTION));
      awaitResult(desk, "off");
      assertEquals(List.of(), desk.desks().entries(conversation));
    }
  }

  @Test
  void whatNoPageAnswersAndWhoIsAngryGoToAPerson() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      for (var text :
          List.of(
              "Which colour is the mayor's bicycle?",
              "This is the third time I ask and it is unacceptable!",
              "I cannot cope any more, my parcel is lost",
              "Who approves a refund for a damaged battery?")) {
        var conversation = desk.open();
        desk.says(conversation, text);
        awaitResult(desk, "handed_off");
        assertEquals("open", desk.desks().status(conversation), text);
        assertEquals(1, desk.desks().notes(conversation).size(), text);
      }
    }
  }

  @Test
  void aRuleComesBeforeAnAnswer() throws Exception {
    var rules =
        """
        {"confidence": 0.3, "rules": [
          {"words": ["press enquiry"], "then": "hand_over"},
          {"tags": ["vip"], "channels": ["email"], "words": ["silence"], "then": "ignore"}],
         "business_hours": {"zone": "UTC", "days": {"monday": "00:00-00:01"},
                            "message": "Back on {opening}."}}
        """;
    try (var desk = zendesk("auto", rules)) {
      var conversation = desk.open();
      desk.says(conversation, "Press enquiry: how long may items be returned?");
      awaitResult(desk, "handed_off");
      var reply = desk.desks().replies(conversation).getFirst();
      assertTrue(reply.endsWith("Back on Monday at 00:00."), reply);
      desk.says(desk.open(), "Silence, please. How long may items be returned?");
      awaitResult(desk, "rule");
    }
  }

  @Test
  void whatNobodyWaitsForIsNotAnswered() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      var vendor = new SimulatedZendesk();
      var conversation = desk.open();
      var out = "I am out of the office until Monday. How long do I have to return an item?";
      desk.says(conversation, out);
      awaitResult(desk, "automatic_reply");
      Helpdesk.send(vendor.own(desk.hook(), desk.said(conversation, QUESTION)));
      awaitResult(desk, "own_message");
      var note =
          vendor.comment(
              desk.hook(), desk.said(conversation, QUESTION), desk.secret(), "4", true, false);
      Helpdesk.send(note);
      awaitResult(desk, "staff_note");
      desk.says(conversation, "Thank you!");
      awaitResult(desk, "thanks");
      assertEquals(List.of(), desk.desks().entries(conversation));
    }
  }

  @Test
  void aColleaguesReplySilencesTheBot() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      var vendor = new SimulatedZendesk();
      var conversation = desk.open();
      Helpdesk.send(
          vendor.comment(
              desk.hook(),
              desk.said(conversation, "I look into it"),
              desk.secret(),
              "4",
              true,
              true));
      awaitResult(desk, "with_a_person");
      desk.says(conversation, QUESTION);
      Thread.sleep(1_500);
      assertEquals("with_a_person", desk.lastResult());
      assertEquals(List.of(), desk.desks().entries(conversation));
    }
  }

  @Test
  void twoBotsDoNotAnswerEachOtherForEver() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      var conversation = desk.open();
      for (int i = 1; i < 20 && !"handed_off".equals(desk.lastResult()); i++) {
        desk.says(conversation, "How many days do I have to return item number " + i + "?");
        await().atMost(PATIENCE).until(() -> desk.lastResult() != null);
      }
      assertEquals("handed_off", desk.lastResult());
      assertTrue(desk.desks().replies(conversation).size() <= 7);
      assertTrue(desk.desks().notes(conversation).getFirst().contains("circles"));
    }
  }

  @Test
  void chatwootGivesBackByItsPendingStatusAndEditsAreIgnored() throws Exception {
    var vendor = new SimulatedChatwoot();
    try (var desk = new Helpdesk(shop(), vendor, "auto", AUTO)) {
      var conversation = desk.open();
      desk.says(conversation, "Can I talk to a human?");
      awaitResult(desk, "handed_off");
      var open =
          vendor.event(
              desk.hook(),
              desk.said(conversation, QUESTION),
              desk.secret(),
              "message_created",
              "incoming",
              "open");
      Helpdesk.send(open);
      awaitResult(desk, "with_a_person");
      var edit =
          vendor.event(
              desk.hook(),
              desk.said(conversation, QUESTION),
              desk.secret(),
              "message_updated",
              "incoming",
              "pending");
      Helpdesk.send(edit);
      awaitResult(desk, "edit");
      vendor.giveBack(conversation);
      desk.says(conversation, "How long do I have to return a jacket?");
      awaitReplies(desk, conversation, 2);
    }
  }

  @Test
  void anOldSecretIsGoodForAWhileAfterItsRotation() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      var vendor = desk.simulator().vendor();
      var secret = desk.api("POST", "/secrets", "{}").body().path("secret").asText();
      var conversation = desk.open();
      assertEquals(204, desk.says(conversation, QUESTION));
      var withNew = vendor.message(desk.hook(), desk.said(conversation, QUESTION), secret);
      assertEquals(204, Helpdesk.send(withNew));
    }
  }

  @Test
  void whatIsTooLargeMalformedOrUnknownIsRefused() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      assertEquals(413, Helpdesk.send(Signed.post(desk.hook(), "x".repeat(600_000)).build()));
      assertEquals(
          404,
          Helpdesk.send(Signed.post(desk.hook().replace("zendesk", "intercom"), "{}").build()));
      assertEquals(404, Helpdesk.send(Signed.post(desk.hook() + "0", "{}").build()));
      for (var body : List.of("{", "[]", "null", "{\"type\": 7}", "{} {}", "{\"ticket\": {}}")) {
        var now = java.time.Instant.now().toString();
        var request =
            Signed.post(desk.hook(), body)
                .header("X-Zendesk-Webhook-Signature", Signed.base64(desk.secret(), now + body))
                .header("X-Zendesk-Webhook-Signature-Timestamp", now)
                .build();
        assertEquals(400, Helpdesk.send(request), body);
      }
    }
  }

  @Test
  void aChannelThatCannotBeOpenedKeepsNobodyElseWaiting() throws Exception {
    try (var broken = zendesk("auto", AUTO);
        var desk = zendesk("auto", AUTO)) {
      queueForAChannelWithoutItsKey(broken);
      var conversation = desk.open();
      desk.says(conversation, QUESTION);
      awaitReplies(desk, conversation, 1);
    }
  }

  /** More than there are workers, and due before anything else. */
  private static void queueForAChannelWithoutItsKey(Helpdesk desk) throws Exception {
    var sql =
        """
        with broken as (
          update helpdesk_channel set sealed = ''::bytea where ? like '%' || id returning id, tenant_id),
        conversation as (
          insert into helpdesk_conversation (tenant_id, channel_id, external_id)
          select tenant_id, id, n from broken cross join generate_series(1, 6) n)
        insert into helpdesk_delivery (tenant_id, channel_id, delivery_id, external_id, message_id,
                                       body, happened_at, state, due_at)
        select tenant_id, id, n, n, n, ''::bytea, now(), 'received', now() - interval '1 hour'
        from broken cross join generate_series(1, 6) n
        """;
    try (var owner = TestTenant.ownerConnection();
        var statement = owner.prepareStatement(sql)) {
      statement.setString(1, desk.hook());
      assertEquals(6, statement.executeUpdate());
    }
  }

  @Test
  void whatComesInAndWhatBecomesOfItIsCounted() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      var before = scrape();
      var said = desk.said(desk.open(), QUESTION);
      var vendor = desk.simulator().vendor();
      for (var secret : List.of(desk.secret(), desk.secret(), "wrong")) {
        Helpdesk.send(vendor.message(desk.hook(), said, secret));
      }
      awaitResult(desk, "replied");
      desk.says(desk.open(), "I want to talk to a person please");
      awaitResult(desk, "handed_off");
      var after = scrape();
      var name = "candor_helpdesk_deliveries_total";
      assertEquals(
          2, after.sum(name, "result", "accepted") - before.sum(name, "result", "accepted"));
      assertEquals(
          1, after.sum(name, "result", "duplicate") - before.sum(name, "result", "duplicate"));
      assertEquals(1, after.sum(name, "result", "forged") - before.sum(name, "result", "forged"));
      var replies = "candor_helpdesk_replies_total";
      assertEquals(1, after.sum(replies, "result", "sent") - before.sum(replies, "result", "sent"));
      var handoffs = "candor_helpdesk_handoffs_total";
      assertEquals(1, after.sum(handoffs) - before.sum(handoffs));
    }
  }

  private static Scrape scrape() {
    return Scrape.of(TestTenant.create("scraper").get("/q/metrics").body());
  }

  @Test
  void secretsAreNotShownAgainAndAreSealedInTheDatabase() throws Exception {
    try (var desk = zendesk("auto", AUTO)) {
      assertFalse(desk.api("GET", "", "").body().toString().contains("zendesk-token"));
      assertEquals(400, desk.put("nonsense", AUTO).status());
      try (var owner = TestTenant.ownerConnection();
          var rows = owner.createStatement().executeQuery("select sealed from helpdesk_channel")) {
        while (rows.next()) {
          assertFalse(
              new String(rows.getBytes(1), java.nio.charset.StandardCharsets.ISO_8859_1)
                  .contains("token"));
        }
      }
    }
  }
}
