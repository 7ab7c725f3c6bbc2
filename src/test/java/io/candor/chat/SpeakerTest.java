package io.candor.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.candor.TestConfig;
import io.candor.grounding.GroundingConfig;
import io.candor.grounding.Verifier;
import io.candor.retrieval.Evidence;
import io.candor.retrieval.Evidences;
import io.candor.serving.AdapterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the model says, only what the evidence supports is shown. */
class SpeakerTest {
  private static final SaidBefore.Audience AUDIENCE =
      new SaidBefore.Audience(new UUID(0, 1), Optional.empty(), AdapterSet.NONE);
  private static final ChatConfig CONFIG = TestConfig.of(ChatConfig.class);
  private static final String RETURNS =
      "You can return unused items within 30 days of delivery for a full refund.";
  private static final String CUSTOM =
      "Custom-cut items cannot be returned unless they are faulty.";
  private static Verifier verifier;

  @BeforeAll
  static void load() {
    verifier = new Verifier(TestConfig.of(GroundingConfig.class));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          You have 60 days to return unused items. [1]                        | 60
          You can return unused items within 30 weeks of delivery. [1]        | weeks
          You cannot return unused items within 30 days of delivery. [1]      | cannot return unused
          Return unused items within 30 days of purchase for a full refund. [1] | purchase
          Custom-cut items can be returned. [2]                               | Custom-cut items can be returned
          Custom-cut items can be returned unless they are faulty. [2]        | can be returned unless
          Returns cost $5 per parcel. [1]                                     | $5
          You get a full refund only if you are a member. [1]                 | member
          Acme will collect it from your home. [1]                            | Acme
          You can return used items within 30 days of delivery. [1]           | return used
          """)
  void noLieIsShown(String lie, String trace) {
    var answer = spoken(lie);
    assertFalse(answer.text().contains(trace), () -> "shown: " + answer.text());
    assertTrue(answer.size() > 0, "the policy's own words stand in");
    assertTrue(List.of(RETURNS, CUSTOM).contains(answer.sentences().getFirst().text()));
  }

  @Test
  void aFaithfulRestylingIsShownWithItsCitation() {
    var answer =
        spoken("Unused items can come back within thirty days of delivery for a full refund. [1]");
    assertEquals(
        "Unused items can come back within thirty days of delivery for a full refund.",
        answer.sentences().getFirst().text());
    assertEquals(List.of(1), answer.sentences().getFirst().citations());
    assertEquals(RETURNS, answer.citations().getFirst().quote());
  }

  @Test
  void aWrongMarkerIsCorrectedToTheFactThatSupportsTheSentence() {
    var answer = spoken("Custom-cut items cannot be returned unless they are faulty. [1]");
    assertEquals(CUSTOM, answer.citations().getFirst().quote());
  }

  @Test
  void aYesOrNoBeforeTheFactIsNotShownForNothingCanVerifyIt() {
    var answer = spoken("No, custom-cut items cannot be returned unless they are faulty. [2]");
    assertEquals(
        "Custom-cut items cannot be returned unless they are faulty.",
        answer.sentences().getFirst().text());
  }

  @Test
  void pleasantriesAreNotShown() {
    var answer = spoken("Thanks for asking! Happy to help! " + RETURNS + " [1]");
    assertEquals(RETURNS, answer.sentences().getFirst().text());
  }

  @Test
  void aModelThatFailsLeavesThePolicysOwnWords() {
    var answer = spoken(new FailingModel());
    assertEquals(RETURNS + " [1]", answer.text().substring(0, RETURNS.length() + 4));
  }

  @Test
  void aModelThatRepeatsItselfIsShownOnce() {
    var answer = spoken((RETURNS + " [1] ").repeat(4));
    assertEquals(1, answer.sentences().stream().filter(s -> s.text().equals(RETURNS)).count());
  }

  @Test
  void theSameQuestionAboutTheSameFactsIsSaidFromMemoryAndToTheSameAudienceOnly() {
    var model = new CountingModel(new ScriptedModel(RETURNS + " [1]"), new AtomicInteger());
    var speaker = new Speaker(new Voice(model, CONFIG, (_, _, _) -> List.of()), verifier, CONFIG);
    var evidence = List.of(Evidences.of(RETURNS, 0.9));
    var first = said(speaker, AUDIENCE, "Can I return something?", evidence);
    assertEquals(first, said(speaker, AUDIENCE, "hi, can i return something please", evidence));
    assertEquals(1, model.asked().get(), "heard again, not said again");

    var neighbour = new SaidBefore.Audience(new UUID(0, 2), Optional.empty(), AdapterSet.NONE);
    said(speaker, neighbour, "Can I return something?", evidence);
    assertEquals(2, model.asked().get(), "another tenant");
    said(speaker, AUDIENCE, "Can I return something?", List.of(Evidences.of(CUSTOM, 0.9)));
    assertEquals(3, model.asked().get(), "other facts");
  }

  @Test
  void aModelThatFailedIsAskedAgain() {
    var model = new CountingModel(new FailingModel(), new AtomicInteger());
    var speaker = new Speaker(new Voice(model, CONFIG, (_, _, _) -> List.of()), verifier, CONFIG);
    var evidence = List.of(Evidences.of(RETURNS, 0.9));
    said(speaker, AUDIENCE, "Can I return something?", evidence);
    said(speaker, AUDIENCE, "Can I return something?", evidence);
    assertEquals(2, model.asked().get());
  }

  private static String said(
      Speaker speaker, SaidBefore.Audience audience, String question, List<Evidence> evidence) {
    var draft = new Draft(new ArrayList<Progress>()::add);
    speaker.speak(speech(audience, question, evidence), draft);
    return draft.text();
  }

  private static Speaker.Speech speech(
      SaidBefore.Audience audience, String question, List<Evidence> evidence) {
    return new Speaker.Speech(audience, question, evidence, false, true);
  }

  @Test
  void anotherDocumentIsQuotedOnlyWhereItIsNearlyAsGood() {
    var other = "Custom-cut goods cannot be cancelled.";
    var draft = new Draft(new ArrayList<Progress>()::add);
    var evidence =
        List.of(
            Evidences.of(RETURNS, 1),
            Evidences.of("policies/orders", other, 0.9, Optional.empty()),
            Evidences.of(CUSTOM, 0.9));

    new Speaker(new Voice(new FailingModel(), CONFIG, (_, _, _) -> List.of()), verifier, CONFIG)
        .speak(speech(AUDIENCE, "Can I return something?", evidence), draft);

    assertEquals(
        List.of(RETURNS, CUSTOM), draft.sentences().stream().map(Answer.Sentence::text).toList());
  }

  private static Draft spoken(String script) {
    return spoken(new ScriptedModel(script));
  }

  @ParameterizedTest
  @CsvSource({
    "Category: Tents; Warranty: 5 years [1]",
    "Category: Tents; Warranty: 6 years [1]",
  })
  void aRowThatTheModelRepeatsOrGetsWrongIsShownAsPeopleReadIt(String said) {
    var header = Evidences.of("| Category | Warranty |", 0.9);
    var row = Evidences.of("policies/a", "| Tents | 5 years |", 0.9, Optional.of(header));
    var answer = spoken(new ScriptedModel(said), List.of(row));
    assertEquals(
        List.of("Tents — Warranty: 5 years"),
        answer.sentences().stream().map(Answer.Sentence::text).toList());
  }

  private static Draft spoken(StreamingChatModel model) {
    return spoken(model, List.of(Evidences.of(RETURNS, 0.9), Evidences.of(CUSTOM, 0.89)));
  }

  private static Draft spoken(StreamingChatModel model, List<Evidence> evidence) {
    var draft = new Draft(new ArrayList<Progress>()::add);
    new Speaker(new Voice(model, CONFIG, (_, _, _) -> List.of()), verifier, CONFIG)
        .speak(speech(AUDIENCE, "Can I return something?", evidence), draft);
    return draft;
  }

  /** A model that is broken. */
  private record FailingModel() implements StreamingChatModel {
    @Override
    public void doChat(
        dev.langchain4j.model.chat.request.ChatRequest request,
        dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler) {
      handler.onPartialResponse("You can ret");
      handler.onError(new IllegalStateException("the model broke"));
    }
  }

  /** Counts how often a model is asked. */
  private record CountingModel(StreamingChatModel model, AtomicInteger asked)
      implements StreamingChatModel {
    @Override
    public void doChat(
        dev.langchain4j.model.chat.request.ChatRequest request,
        dev.langchain4j.model.chat.response.StreamingChatResponseHandler handler) {
      asked.incrementAndGet();
      model.doChat(request, handler);
    }
  }
}
