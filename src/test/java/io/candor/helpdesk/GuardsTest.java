package io.candor.helpdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.helpdesk.vendor.Event;
import io.candor.helpdesk.wire.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told from a message and a clock alone. */
class GuardsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z"); // a Friday
  private static final LoopGuard GUARD =
      new LoopGuard(Duration.ofHours(24), 3, Duration.ofMinutes(10));

  private static Event.Said said(String text, Instant at) {
    return new Event.Said(
        new Event.Place("d", "c", at),
        "m",
        text,
        "email",
        Set.of("vip"),
        Optional.of("en-GB"),
        false,
        Optional.empty());
  }

  private static Conversation after(String... questions) {
    var exchanges =
        java.util.Arrays.stream(questions)
            .map(text -> new Conversation.Exchange(NOW.minusSeconds(60), text, Optional.of("A.")))
            .toList();
    return new Conversation(Optional.empty(), Optional.empty(), exchanges);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Automatic reply: I am out of the office until 3 May.",
        "I'm on annual leave and will return on Monday.",
        "Thank you for contacting ACME. We will get back to you within 24 hours.",
        "This is an automated message. Your ticket 55 was opened.",
        "Undeliverable: your message",
        "Abwesenheitsnotiz: ich bin im Urlaub"
      })
  void anAutomaticReplyIsKnownByItsWords(String text) {
    assertEquals(Optional.of("automatic_reply"), GUARD.ignored(said(text, NOW), NOW, after()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Is the office open on Monday?",
        "Can I return it after my holiday?",
        "Thank you for your help. How do I return it?",
        "I want automatic delivery every month, how?"
      })
  void aCustomersQuestionIsNotTakenForOne(String text) {
    assertEquals(Optional.empty(), GUARD.ignored(said(text, NOW), NOW, after()));
  }

  @Test
  void importsAndRepeatsArePassedOver() {
    var old = said("How?", NOW.minus(Duration.ofDays(2)));
    assertEquals(Optional.of("import"), GUARD.ignored(old, NOW, after()));
    assertEquals(Optional.of("repeated"), GUARD.ignored(said("how?", NOW), NOW, after("How ?")));
    assertEquals(Optional.of("empty"), GUARD.ignored(said(" ", NOW), NOW, after()));
  }

  @Test
  void manyRepliesOrTheSameWordsAgainAndAgainAreALoop() {
    assertFalse(GUARD.isLoop(said("d", NOW), NOW, after("a", "b")));
    assertTrue(GUARD.isLoop(said("d", NOW), NOW, after("a", "b", "c")));
    assertFalse(GUARD.isLoop(said("d", NOW), NOW.plusSeconds(3_600), after("a", "b", "c")));
    assertTrue(GUARD.isLoop(said("a", NOW), NOW.plusSeconds(3_600), after("a", "a")));
  }

  @ParameterizedTest
  @CsvSource({
    "I cannot cope any more, VULNERABLE",
    "my husband has dementia and got this bill, VULNERABLE",
    "This is the third time I ask, ANGRY",
    "WHERE IS MY PARCEL I PAID FOR IT, ANGRY",
    "you are thieves, ANGRY",
    "How do I return a useful jacket?, ''",
    "Is the USB HDMI PS5 cable OK?, ''",
    "Can I pay in three parts?, ''"
  })
  void theToneIsToldByWords(String text, String expected) {
    assertEquals(expected, Tone.of(text).map(Enum::name).orElse(""));
  }

  @Test
  void outsideBusinessHoursTheNextOpeningIsSaid() {
    var hours =
        new BusinessHours(
            ZoneId.of("Europe/Berlin"),
            Map.of("monday", "09:00-17:00", "friday", "09:00-17:00"),
            null);
    assertFalse(hours.areAt(NOW));
    assertTrue(hours.areAt(Instant.parse("2026-11-20T08:30:00Z")));
    assertEquals("Our team is back on Monday at 09:00.", hours.messageAt(NOW));
    assertEquals(
        "Our team is back on Friday at 09:00.",
        hours.messageAt(Instant.parse("2026-11-20T04:00:00Z")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new BusinessHours(ZoneId.of("UTC"), Map.of("someday", "9-17"), null));
  }

  @Test
  void aRuleFitsWhereAllOfItsConditionsHold() {
    var rule =
        new Rule(
            Optional.of(Set.of("vip", "gold")),
            Optional.of(Set.of("email")),
            Optional.of(Set.of("en")),
            Optional.of(List.of("press enquiry")),
            Rule.Then.HAND_OVER);
    assertTrue(rule.fits(said("A PRESS-ENQUIRY from the Times", NOW)));
    assertFalse(rule.fits(said("An express enquiry", NOW)));
  }

  @Test
  void aRotatedSecretIsGoodForAWhile() {
    var rotated = Secrets.of("old").rotated("new", NOW, NOW.plusSeconds(60));
    assertEquals(List.of("new", "old"), rotated.goodAt(NOW));
    assertEquals(List.of("new"), rotated.goodAt(NOW.plusSeconds(60)));
  }

  @Test
  void aHelpdeskThatFailsIsLeftAloneForAWhile() {
    var circuit = new Circuit(2, Duration.ofSeconds(30));
    var channel = UUID.randomUUID();
    circuit.failed(channel, NOW);
    assertEquals(Optional.empty(), circuit.openUntil(channel, NOW));
    circuit.failed(channel, NOW);
    assertEquals(Optional.of(NOW.plusSeconds(30)), circuit.openUntil(channel, NOW));
    assertEquals(Optional.empty(), circuit.openUntil(channel, NOW.plusSeconds(30)));
    circuit.succeeded(channel);
    assertEquals(Optional.empty(), circuit.openUntil(channel, NOW));
  }
}
