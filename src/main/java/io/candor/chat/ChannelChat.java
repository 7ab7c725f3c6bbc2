package io.candor.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.audit.AnswerLog;
import io.candor.chat.CompletionsMessage.Role;
import io.candor.security.Credential;
import io.candor.security.TenantTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The same answers for channels that ask in process: {@code helpdesk}. */
@ApplicationScoped
public class ChannelChat {
  /** The longest message that is answered, in UTF-16 units. */
  public static final int LONGEST_MESSAGE = ChatRequest.LONGEST_MESSAGE;

  private final AnswerPipeline pipeline;
  private final CompletionsHistory history;
  private final AnswerLog log;
  private final TenantTransaction transaction;
  private final ObjectMapper json;

  ChannelChat(
      AnswerPipeline pipeline,
      CompletionsHistory history,
      AnswerLog log,
      TenantTransaction transaction,
      ObjectMapper json) {
    this.pipeline = pipeline;
    this.history = history;
    this.log = log;
    this.transaction = transaction;
    this.json = json;
  }

  /** What was said in a conversation that the channel keeps. */
  public record Line(boolean byCustomer, String text) {}

  /**
   * An answer, and how probable it is that its evidence answers what was asked.
   *
   * @param confidence 0 to 1, of several questions the least; 0 where nothing was looked up
   */
  public record Result(Answer answer, double confidence) {}

  /**
   * Answers a message of a conversation that we keep. Asked again with the same id, it gives the
   * answer that it gave, so that whoever crashed in between may ask again.
   *
   * @param answer the id that the answer will have
   * @param conversation the conversation it continues, or none for a new one
   */
  public Result answer(
      Credential who,
      UUID answer,
      Optional<UUID> conversation,
      String message,
      Optional<Locale> locale) {
    return recorded(who.tenant(), answer)
        .orElseGet(() -> make(who, answer, question(message, conversation, List.of(), locale)));
  }

  /** Answers a message said after these lines, as part of no conversation that we keep. */
  public Result suggest(
      Credential who, List<Line> before, String message, Optional<Locale> locale) {
    var turns = history.turns(before.stream().map(ChannelChat::message).toList());
    return make(who, UUID.randomUUID(), question(message, Optional.empty(), turns, locale));
  }

  private Result make(Credential who, UUID id, Question question) {
    var answer = pipeline.answer(who, question, Caller.awaiting(id));
    return recorded(who.tenant(), answer.answerId()).orElseThrow();
  }

  private Optional<Result> recorded(UUID tenant, UUID id) {
    return transaction.call(
        tenant,
        () -> {
          var response = log.response(id);
          return response.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Result(
                      json.readValue(response.get(), Answer.class),
                      confidence(log.inputs(id).orElseThrow())));
        });
  }

  private double confidence(String inputs) throws JsonProcessingException {
    return json.readTree(inputs)
        .path("parts")
        .valueStream()
        .mapToDouble(part -> part.path("probability").asDouble())
        .min()
        .orElse(0);
  }

  private static CompletionsMessage message(Line line) {
    return new CompletionsMessage(line.byCustomer() ? Role.USER : Role.ASSISTANT, line.text());
  }

  private static Question question(
      String message,
      Optional<UUID> conversation,
      List<Conversations.Turn> turns,
      Optional<Locale> locale) {
    return new Question(
        message, conversation, turns, Optional.empty(), Optional.empty(), locale, Optional.empty());
  }
}
