package io.candor.chat;

import io.candor.security.InjectionVerdict;
import io.candor.security.Screening;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns of a conversation that the caller keeps, as {@link Conversations} would have kept them:
 * they help to understand the next question and are never evidence.
 */
@ApplicationScoped
class CompletionsHistory {
  private final Screening screening;
  private final ChatConfig config;

  CompletionsHistory(Screening screening, ChatConfig config) {
    this.screening = screening;
    this.config = config;
  }

  /** The last turns, oldest first; one that looks like an attack is forgotten. */
  List<Conversations.Turn> turns(List<CompletionsMessage> messages) {
    var turns = new ArrayList<Conversations.Turn>();
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role() == CompletionsMessage.Role.USER) {
        add(messages.get(i).text(), reply(messages.subList(i + 1, messages.size())), turns);
      }
    }
    return turns.subList(Math.max(0, turns.size() - Conversations.REMEMBERED), turns.size());
  }

  private void add(String text, String reply, List<Conversations.Turn> turns) {
    if (text.isBlank() || text.length() > ChatRequest.LONGEST_MESSAGE) {
      return;
    }
    var screened = screening.screen(text);
    if (screened.injection().verdict() == InjectionVerdict.BENIGN) {
      var question = screened.redacted();
      var standalone = Contextualiser.standalone(question, turns);
      turns.add(new Conversations.Turn(question, standalone, outcome(reply).toString(), reply));
    }
  }

  /** What the assistant said before the user spoke again. */
  private static String reply(List<CompletionsMessage> after) {
    var reply =
        after.stream()
            .takeWhile(message -> message.role() == CompletionsMessage.Role.ASSISTANT)
            .map(CompletionsMessage::text)
            .toList();
    return String.join("\n", reply);
  }

  /** As far as the words tell it. */
  private Outcome outcome(String reply) {
    if (reply.strip().equals(config.abstention().strip())) {
      return Outcome.ABSTAINED;
    }
    return reply.strip().endsWith("?") ? Outcome.CLARIFY : Outcome.ANSWERED;
  }
}
