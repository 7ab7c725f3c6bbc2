package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.candor.chat.VoiceReply.Likelihood;
import io.candor.chat.VoiceReply.Said;
import io.candor.security.CurrentTenant;
import io.candor.serving.AdapterSet;
import io.candor.serving.LanguageModel;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
 * tried. It tells what the model said before anything is verified, which is why customers' keys may
 * not ask.
 */
@Path("/api/v1/voice/replies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VoiceResource {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CurrentTenant tenant;
  private final Voices voices;
  private final Voice voice;
  private final Speaker speaker;
  private final StreamingChatModel model;

  VoiceResource(
      CurrentTenant tenant, Voices voices, Voice voice, Speaker speaker, StreamingChatModel model) {
    this.tenant = tenant;
    this.voices = voices;
    this.voice = voice;
    this.speaker = speaker;
    this.model = model;
  }

  @POST
  @RunOnVirtualThread
  public VoiceReply say(VoiceRequest body) {
    var request = VoiceRequest.checked(body);
    var prompt = voice.prompt(tenant.id(), request.question(), request.facts());
    var adapters = voices.of(tenant.id(), Optional.ofNullable(request.adapter()));
    long start = System.nanoTime();
    try (var utterance = voice.say(tenant.id(), adapters, prompt)) {
      var first = utterance.next(PATIENCE);
      var waited = first.map(_ -> millis(Duration.ofNanos(System.nanoTime() - start)));
      var sentences = sentences(first, utterance, request.facts().size());
      var said = utterance.said();
      return new VoiceReply(
          sentences,
          speaker.shown(said, request.facts()),
          waited,
          first.map(_ -> millis(utterance.firstWordsAfter(start))),
          first.map(_ -> millis(utterance.lasted())),
          likelihood(adapters, prompt, said.raw()),
          Optional.ofNullable(request.reference())
              .flatMap(words -> likelihood(adapters, prompt, words)));
    }
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  private static List<Said> sentences(Optional<String> first, Utterance utterance, int facts) {
    var sentences = new ArrayList<Said>();
    for (var next = first; next.isPresent(); next = utterance.next(PATIENCE)) {
      var said = Markers.of(next.get(), facts);
      if (!said.words().isEmpty()) {
        sentences.add(new Said(said.words(), said.cited()));
      }
    }
    return sentences;
  }

  private Optional<Likelihood> likelihood(AdapterSet adapters, Prompt prompt, String words) {
    return model instanceof LanguageModel local && !words.isBlank()
        ? local.score(prompt.messages(), words, adapters).map(Likelihood::of)
        : Optional.empty();
  }
}
