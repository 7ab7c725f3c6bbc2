package io.candor.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.candor.serving.Generation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  private final Generation generation;
  private int start;

  Utterance(StreamingChatModel model, ChatRequest request) {
    generation = Generation.start(model, request, new Listener());
  }

  /** The next sentence; empty when the model has ended, failed, or made us wait longer than this. */
  Optional<String> next(Duration patience) {
    try {
      var event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return event == null ? Optional.empty() : event.sentence();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Everything the model has said so far, as it said it. */
  String raw() {
    synchronized (raw) {
      return raw.toString();
    }
  }

  @Override
  public void close() {
    generation.cancel();
  }

  /** Called by the model's thread. */
  private final class Listener implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(PartialResponse words, PartialResponseContext context) {
      synchronized (raw) {
        raw.append(words.text());
        var ends = SENTENCE_END.matcher(raw).region(start, raw.length());
        while (ends.find()) {
          add(raw.substring(start, ends.end()));
          start = ends.end();
        }
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      synchronized (raw) {
        add(raw.substring(start));
        start = raw.length();
      }
      events.add(new Event(Optional.empty()));
    }

    @Override
    public void onError(Throwable error) {
      LOG.warnf("the model stopped: %s", error.getMessage());
      events.add(new Event(Optional.empty()));
    }

    private void add(String sentence) {
      if (!sentence.isBlank()) {
        events.add(new Event(Optional.of(sentence.strip())));
      }
    }
  }
}
