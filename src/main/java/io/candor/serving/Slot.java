package io.candor.serving;

import dev.langchain4j.model.output.FinishReason;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A request that the engine works on: its sequence, its text so far, and how much of that is
 * computed. Confined to the inference thread.
 */
final class Slot implements AutoCloseable {
  private final int sequence;
  private final Request request;
  private final int end;
  private final LlamaSampler sampler;
  private final TextStream stream;
  private final int[] tokens;
  private int length;
  private int computed;

  /**
   * @param reused how many tokens of the prompt the sequence holds already
   * @param contextSize the most tokens that it can hold
   * @param sampler chooses the tokens of an answer; null for a scoring
   */
  Slot(int sequence, Request request, int reused, int contextSize, LlamaSampler sampler) {
    this.sequence = sequence;
    this.request = request;
    this.sampler = sampler;
    length = request.prompt().length;
    computed = reused;
    if (request instanceof LlamaGeneration generation) {
      end = Math.min(length + generation.maxTokens(), contextSize);
      stream = new TextStream(generation.stopSequences());
    } else {
      end = length;
      stream = new TextStream(List.of());
    }
    tokens = Arrays.copyOf(request.prompt(), end);
  }

  int sequence() {
    return sequence;
  }

  Request request() {
    return request;
  }

  /** The text so far; only {@link #length} tokens of it are known. */
  int[] tokens() {
    return tokens;
  }

  int length() {
    return length;
  }

  /** How many tokens the sequence holds. */
  int computed() {
    return computed;
  }

  void computed(int tokens) {
    computed = tokens;
  }

  boolean prefilling() {
    return computed < request.prompt().length;
  }

  int outputTokens() {
    return length - request.prompt().length;
  }

  LlamaSampler sampler() {
    return sampler;
  }

  /** Tokens that may come next and can be verified together. */
  Drafter.Draft draft(int most) {
    return Drafter.draft(request.prompt(), tokens, length, Math.min(most, end - length - 1));
  }

  /**
   * Appends the token that the model chose and tells the customer.
   *
   * @param piece the bytes of a token; null for one that ends the answer
   * @return whether the answer goes on
   */
  boolean take(int token, IntFunction<byte[]> piece) {
    var generation = (LlamaGeneration) request;
    tokens[length++] = token;
    generation.generated(outputTokens());
    var bytes = piece.apply(token);
    if (bytes == null) {
      return finish(generation, FinishReason.STOP);
    }
    generation.text(stream.append(bytes));
    if (stream.stopped()) {
      return finish(generation, FinishReason.STOP);
    }
    return length < end || finish(generation, FinishReason.LENGTH);
  }

  private boolean finish(LlamaGeneration generation, FinishReason reason) {
    generation.text(stream.finish());
    generation.finish(reason, outputTokens());
    return false;
  }

  @Override
  public void close() {
    if (sampler != null) {
      sampler.close();
    }
  }
}
