package io.candor.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A text to score: how likely the model finds each token after those before it. */
final class Scoring implements Request {
  private final int[] tokens;
  private final int start;
  private final AdapterSet adapters;
  private final long since = System.nanoTime();
  private final List<Double> logProbabilities = new ArrayList<>();
  private final CompletableFuture<List<Double>> result = new CompletableFuture<>();

  /**
   * @param tokens a prompt and the text
   * @param start where the text starts; at least one token is before it
   */
  Scoring(int[] tokens, int start, AdapterSet adapters) {
    if (start < 1 || start > tokens.length) {
      throw new IllegalArgumentException(
          "a text that starts at %d of %d tokens has nothing before it"
              .formatted(start, tokens.length));
    }
    this.tokens = tokens;
    this.start = start;
    this.adapters = adapters;
  }

  @Override
  public int[] prompt() {
    return tokens;
  }

  @Override
  public int outputsFrom() {
    return start - 1;
  }

  /** Takes the next token's natural log-probability; the last one completes the result. */
  void add(double logProbability) {
    logProbabilities.add(logProbability);
    if (logProbabilities.size() == tokens.length - start) {
      result.complete(List.copyOf(logProbabilities));
    }
  }

  CompletableFuture<List<Double>> result() {
    return result;
  }

  @Override
  public String user() {
    return "";
  }

  @Override
  public AdapterSet adapters() {
    return adapters;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public boolean abandoned() {
    return result.isDone();
  }

  @Override
  public void fail(Throwable error) {
    result.completeExceptionally(error);
  }
}
