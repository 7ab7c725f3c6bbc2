package io.candor.serving;

import java.time.Duration;

/** Counts what the engine does. Written by the inference thread, read by any. */
final class EngineMeter {
  private long finished;
  private long cancelled;
  private long failed;
  private long rejected;
  private long steps;
  private long promptTokens;
  private long reusedTokens;
  private long outputTokens;
  private long draftedTokens;
  private long acceptedTokens;
  private double nanosPerRequest;

  synchronized void step() {
    steps++;
  }

  synchronized void prefilled(int tokens) {
    promptTokens += tokens;
  }

  synchronized void reused(int tokens) {
    reusedTokens += tokens;
  }

  /** An answer gained a token, and those of its draft that were accepted. */
  synchronized void advanced(int drafted, int accepted) {
    outputTokens += 1 + accepted;
    draftedTokens += drafted;
    acceptedTokens += accepted;
  }

  synchronized void finished(long nanos) {
    finished++;
    nanosPerRequest = nanosPerRequest == 0 ? nanos : .8 * nanosPerRequest + .2 * nanos;
  }

  synchronized void cancelled() {
    cancelled++;
  }

  synchronized void failed() {
    failed++;
  }

  synchronized void rejected() {
    rejected++;
  }

  /** When one of so many waiting requests is likely to have begun. */
  synchronized Duration wait(int waiting, int sequences) {
    double seconds = nanosPerRequest * waiting / sequences / 1e9;
    return Duration.ofSeconds((long) Math.max(1, Math.ceil(seconds)));
  }

  synchronized EngineStatistics read(int waiting, int running) {
    return new EngineStatistics(
        finished,
        cancelled,
        failed,
        rejected,
        waiting,
        running,
        steps,
        promptTokens,
        reusedTokens,
        outputTokens,
        draftedTokens,
        acceptedTokens);
  }
}
