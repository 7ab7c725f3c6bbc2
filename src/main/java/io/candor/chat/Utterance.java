package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import io.candor.chat.SaidBefore.Said;
import io.candor.serving.AdapterSet;
import io.candor.serving.Generation;
import io.candor.serving.ModelIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * What a model is saying, sentence by sentence. The model's thread only fills the queue; whoever
 * reads it verifies at their own pace. Closing it stops the model.
 */
final class Utterance implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Utterance.class);

  /** A sentence ends at punctuation, with the markers after it, before the next one begins. */
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<![\\s.]\\p{L})[.!?]+[\"'”’)]*(\\s*\\[\\d+])*(?=\\s+[^\\s\\[])|\\n+");

  /** What the queue carries; an empty sentence means that there are no more. */
  private record Event(Optional<String> sentence) {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final StringBuilder raw = new StringBuilder();
  private final Prompt prompt;
  private Runnable end = () -> {};
  private Supplier<Optional<ModelIdentity>> speaker = Optional::empty;
  private Supplier<Optional<TokenUsage>> usage = Optional::empty;
  private int start;
  private volatile long firstHeard;
  private volatile long lastHeard;
  private volatile boolean broken;

  private Utterance(Prompt prompt) {
    this.prompt = prompt;
  }

  /**
   * What a model says now.
   *
   * @param heard told what was said in the end, unless the model failed or was too slow
   */
  static Utterance of(
      StreamingChatModel model,
      ChatRequest request,
      AdapterSet voice,
      Prompt prompt,
      Consumer<Said> heard) {
    var utterance = new Utterance(prompt);
    var generation = Generation.start(model, request, voice, utterance.new Listener());
    utterance.speaker = generation::speaker;
    utterance.usage = generation::usage;
    utterance.end =
        () -> {
          generation.cancel();
          if (!utterance.broken) {
            heard.accept(utterance.said());
          }
        };
    return utterance;
  }

  /** What it said before. */
  static Utterance again(Said said) {
    var utterance = new Utterance(said.prompt());
    utterance.speaker = said::speaker;
    utterance.hear(said.raw());
    utterance.stop();
    return utterance;
  }

  /**
   * The next sentence; empty when the model has ended, failed, or made us wait longer than this.
   */
  Optional<String> next(Duration patience) {
    try {
      var event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      broken |= event == null;
      return event == null ? Optional.empty() : event.sentence();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      broken = true;
      return Optional.empty();
    }
  }

  /** Ends it for whoever waits for the next sentence: nobody wants to hear it any more. */
  void abandon() {
    broken = true;
    events.clear();
    events.add(new Event(Optional.empty()));
  }

  /** Everything the model has said so far, as it said it, and which model that was. */
  Said said() {
    synchronized (raw) {
      return new Said(prompt, raw.toString(), raw.isEmpty() ? Optional.empty() : speaker.get());
    }
  }

  /** The tokens that a model used for it; none where it was said before. */
  Optional<TokenUsage> usage() {
    return usage.get();
  }

  /** How long after a time, as of {@link System#nanoTime}, its first words came. */
  Duration firstWordsAfter(long nanos) {
    return Duration.ofNanos(firstHeard - nanos);
  }

  /** How long after its first words its last ones came. */
  Duration lasted() {
    return Duration.ofNanos(lastHeard - firstHeard);
  }

  @Override
  public void close() {
    end.run();
  }

  private void hear(String words) {
    lastHeard = System.nanoTime();
    synchronized (raw) {
      if (raw.isEmpty()) {
        firstHeard = lastHeard;
      }
      raw.append(words);
      var ends = SENTENCE_END.matcher(raw).region(start, raw.length());
      while (ends.find()) {
        add(raw.substring(start, ends.end()));
        start = ends.end();
      }
    }
  }

  private void stop() {
    synchronized (raw) {
      add(raw.substring(start));
      start = raw.length();
    }
    events.add(new Event(Optional.empty()));
  }

  private void add(String sentence) {
    if (!sentence.isBlank()) {
      events.add(new Event(Optional.of(sentence.strip())));
    }
  }

  /** Called by the model's thread. */
  private final class Listener implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(PartialResponse words, PartialResponseContext context) {
      hear(words.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      stop();
    }

    @Override
    public void onError(Throwable error) {
      LOG.warnf("the model stopped: %s", error.getMessage());
      broken = true;
      events.add(new Event(Optional.empty()));
    }
  }
}
