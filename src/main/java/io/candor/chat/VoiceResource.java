package io.candor.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.candor.serving.LanguageModel;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has the model say given facts, with the prompt of an answer, so that a voice can be measured and
 * tried. Nothing is verified, which is why customers' keys may not ask.
 */
@Path("/api/v1/voice/replies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VoiceResource {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST_FACTS = 20;
  private static final int LONGEST = 2_000;

  /**
   * The request's body.
   *
   * @param reference somebody else's reply, whose probability is wanted; may be null
   */
  public record Request(String question, List<String> facts, String reference) {}

  /**
   * What the model said.
   *
   * @param likelihood of its words as it wrote them
   * @param reference the same for the request's reference
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Reply(
      List<Said> sentences, Optional<Likelihood> likelihood, Optional<Likelihood> reference) {}

  /** A sentence, and the numbers of the facts that it says it used. */
  public record Said(String text, List<Integer> citations) {}

  /** The natural log-probability of a text's tokens, summed; only a local model tells it. */
  public record Likelihood(int tokens, double logProbability) {}

  private final Voice voice;
  private final StreamingChatModel model;
  private final ChatConfig config;

  VoiceResource(Voice voice, StreamingChatModel model, ChatConfig config) {
    this.voice = voice;
    this.model = model;
    this.config = config;
  }

  @POST
  @RunOnVirtualThread
  public Reply say(Request request) {
    if (request == null || request.facts() == null || request.facts().isEmpty()) {
      throw new BadRequestException("a body with 'question' and 'facts' is required");
    }
    if (request.facts().size() > MOST_FACTS) {
      throw new BadRequestException("'facts' has more than %d entries".formatted(MOST_FACTS));
    }
    var facts = request.facts().stream().map(fact -> text("a fact", fact)).toList();
    var prompt = Prompt.of(config, text("'question'", request.question()), facts);
    var reference =
        Optional.ofNullable(request.reference()).map(words -> text("'reference'", words));
    var sentences = new ArrayList<Said>();
    try (var utterance = voice.say(prompt)) {
      for (var next = utterance.next(PATIENCE); next.isPresent(); next = utterance.next(PATIENCE)) {
        var said = Markers.of(next.get(), facts.size());
        sentences.add(new Said(said.words(), said.cited()));
      }
      return new Reply(
          sentences,
          likelihood(prompt, utterance.raw()),
          reference.flatMap(words -> likelihood(prompt, words)));
    }
  }

  private Optional<Likelihood> likelihood(Prompt prompt, String words) {
    return model instanceof LanguageModel local && !words.isBlank()
        ? local
            .score(prompt.messages(), words)
            .map(tokens ->
                new Likelihood(
                    tokens.size(), tokens.stream().mapToDouble(Double::doubleValue).sum()))
        : Optional.empty();
  }

  private static String text(String name, String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST) {
      throw new BadRequestException("%s is blank or over %,d characters".formatted(name, LONGEST));
    }
    return text;
  }
}
