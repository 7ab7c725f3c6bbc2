package io.candor.chat;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.candor.serving.Generation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The stage that contextualises: the questions of a message, each standing alone. {@link
 * Contextualiser} completes a follow-up by rule; where a model is trusted to, it words the question
 * anew, and is believed only if it neither loses a word of the message nor brings one in.
 */
@ApplicationScoped
class FollowUps {
  /** Who completes a follow-up. */
  enum Rewrite {
    RULES,
    MODEL
  }

  private static final Logger LOG = Logger.getLogger(FollowUps.class);
  private static final int TURNS = 2;
  private static final int MOST_TOKENS = 60;

  private static final String SYSTEM =
      """
      Rewrite the customer's last message as one question that can be understood without the conversation. \
      Use only words of the conversation. Keep every number and name. Say nothing else.\
      """;

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");

  private final StreamingChatModel model;
  private final ChatConfig config;

  FollowUps(StreamingChatModel model, ChatConfig config) {
    this.model = model;
    this.config = config;
  }

  List<String> questions(String message, List<Conversations.Turn> turns) {
    var parts = config.split() ? CompoundQuestion.parts(message) : List.of(message);
    var first = Contextualiser.standalone(parts.getFirst(), turns);
    var questions = new ArrayList<>(parts);
    var leans = !first.equals(parts.getFirst());
    questions.set(
        0,
        leans && config.rewrite() == Rewrite.MODEL
            ? rewritten(parts.getFirst(), turns).orElse(first)
            : first);
    return List.copyOf(questions);
  }

  private Optional<String> rewritten(String message, List<Conversations.Turn> turns) {
    var conversation = new StringBuilder();
    for (var turn : turns.subList(Math.max(0, turns.size() - TURNS), turns.size())) {
      conversation.append("Customer: ").append(turn.question()).append('\n');
      conversation.append("Shop: ").append(turn.reply()).append('\n');
    }
    return said(conversation + "Customer: " + message)
        .map(answer -> answer.strip().lines().findFirst().orElse(""))
        .filter(question -> isFaithful(question, message, conversation.toString()));
  }

  /** Every word of the message is there still, and every other is of the conversation. */
  static boolean isFaithful(String question, String message, String conversation) {
    var said = words(question);
    var known = words(conversation);
    known.addAll(words(message));
    return said.containsAll(words(message)) && known.containsAll(said) && !said.isEmpty();
  }

  private static Set<String> words(String text) {
    var words = new HashSet<>(Wording.content(text));
    NUMBER.matcher(text).results().map(MatchResult::group).forEach(words::add);
    return words;
  }

  private Optional<String> said(String conversation) {
    var parameters =
        OpenAiChatRequestParameters.builder()
            .temperature(0.0)
            .seed(config.seed())
            .maxOutputTokens(MOST_TOKENS)
            .build();
    var request =
        ChatRequest.builder()
            .messages(SystemMessage.from(SYSTEM), UserMessage.from(conversation))
            .parameters(parameters)
            .build();
    var generation = Generation.start(model, request, SILENT);
    try {
      var response = generation.response().get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
      return Optional.ofNullable(response.aiMessage().text());
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("the follow-up was not worded anew: %s", e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      generation.cancel();
    }
  }

  private static final StreamingChatResponseHandler SILENT =
      new StreamingChatResponseHandler() {
        @Override
        public void onCompleteResponse(dev.langchain4j.model.chat.response.ChatResponse response) {}

        @Override
        public void onError(Throwable error) {}
      };
}
