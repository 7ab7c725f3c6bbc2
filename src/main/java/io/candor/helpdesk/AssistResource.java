package io.candor.helpdesk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.candor.chat.Answer;
import io.candor.chat.ChannelChat;
import io.candor.chat.ChannelChat.Line;
import io.candor.security.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code POST /api/v1/assist}: for a sidebar beside the conversation that a colleague has: what
 * they could reply, what it stands on, and what to ask next. Nothing is sent to the customer.
 */
@Path("/api/v1/assist")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AssistResource {
  private static final int MOST_MESSAGES = 50;

  private final ChannelChat chat;
  private final CurrentTenant current;

  AssistResource(ChannelChat chat, CurrentTenant current) {
    this.chat = chat;
    this.current = current;
  }

  /** A conversation so far; the last message is the customer's. */
  record Request(List<Message> messages, String locale) {}

  /** Said by {@code customer} or {@code staff}. */
  record Message(String by, String text) {}

  /**
   * What could be done.
   *
   * @param outcome as of an answer: only {@code answered} is a reply that documents support
   * @param confidence the probability that the cited words answer what was asked, 0 to 1
   * @param nextQuestion what to ask the customer, if something is open
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Suggestion(
      String answerId,
      String outcome,
      String reason,
      String reply,
      double confidence,
      List<Answer.Citation> passages,
      String nextQuestion) {}

  @POST
  public Suggestion assist(Request request) {
    var lines = lines(request);
    var last = lines.getLast();
    if (!last.byCustomer()) {
      throw new BadRequestException("the last message is not the customer's");
    }
    if (last.text().length() > ChannelChat.LONGEST_MESSAGE) {
      throw new BadRequestException(
          "the last message is longer than %,d characters".formatted(ChannelChat.LONGEST_MESSAGE));
    }
    var before = lines.subList(0, lines.size() - 1);
    var result = chat.suggest(current.credential(), before, last.text(), locale(request.locale()));
    var said = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    var answer = result.answer();
    return new Suggestion(
        answer.answerId().toString(),
        answer.outcome(),
        answer.reason(),
        answer.text(),
        result.confidence(),
        answer.citations(),
        NextQuestion.after(answer, said).orElse(null));
  }

  private static List<Line> lines(Request request) {
    if (request == null || request.messages() == null || request.messages().isEmpty()) {
      throw new BadRequestException("'messages' is missing or empty");
    }
    if (request.messages().size() > MOST_MESSAGES) {
      throw new BadRequestException("at most %d messages are read".formatted(MOST_MESSAGES));
    }
    return request.messages().stream().map(AssistResource::line).toList();
  }

  private static Line line(Message message) {
    if (message == null || message.text() == null || message.text().isBlank()) {
      throw new BadRequestException("a message needs 'text'");
    }
    return switch (String.valueOf(message.by())) {
      case "customer" -> new Line(true, message.text().replace("\0", ""));
      case "staff" -> new Line(false, message.text());
      default -> throw new BadRequestException("'by' is customer or staff");
    };
  }

  private static Optional<Locale> locale(String language) {
    try {
      return Optional.ofNullable(language)
          .map(tag -> new Locale.Builder().setLanguageTag(tag).build());
    } catch (IllformedLocaleException e) {
      throw new BadRequestException("'locale' is not a language tag like en or pt-BR", e);
    }
  }
}
