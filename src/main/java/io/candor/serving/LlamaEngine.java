package io.candor.serving;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.output.FinishReason;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Runs the requests of {@link LlamaChatModel} one after the other on one platform thread, which
 * alone touches the model's context. A request continues the kept sequence that begins like it.
 */
final class LlamaEngine implements AutoCloseable {
  private final LlamaNative llama;
  private final LlamaModel model;
  private final LlamaSettings settings;
  private final BlockingQueue<Request> queue;
  private final PrefixCache prefixes;
  private final ThreadChoice blockThreads;
  private final ThreadChoice tokenThreads;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Takes over the model and is ready when this returns.
   *
   * @throws IllegalStateException if there is not enough memory for the context
   */
  LlamaEngine(LlamaNative llama, LlamaModel model, LlamaSettings settings) {
    this.llama = llama;
    this.model = model;
    this.settings = settings;
    queue = new ArrayBlockingQueue<>(settings.queue());
    prefixes = new PrefixCache(settings.sequences(), settings.batch());
    blockThreads = new ThreadChoice(settings.threads());
    tokenThreads = new ThreadChoice(settings.threads());
    var started = new CompletableFuture<Void>();
    thread = Thread.ofPlatform().name("inference").daemon().start(() -> run(started));
    try {
      started.join();
    } catch (CompletionException e) {
      model.close();
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Queues a request; its handler learns what becomes of it.
   *
   * @throws RateLimitException if too many wait already
   */
  void submit(Request request) {
    if (closed) {
      throw new InternalServerException("the model is shutting down");
    }
    queue.removeIf(Request::isCancelled);
    if (!queue.offer(request)) {
      throw new RateLimitException(
          "the model is busy: %d requests wait already; try again soon".formatted(queue.size()));
    }
    if (request instanceof LlamaGeneration generation) {
      generation.deliver();
    }
  }

  private void run(CompletableFuture<Void> started) {
    try (var context =
        model.newContext(
            settings.sequences(), settings.contextSize(), settings.batch(), settings.threads())) {
      started.complete(null);
      while (!closed) {
        var request = queue.take();
        try {
          serve(context, request);
        } catch (RuntimeException e) {
          request.fail(new InternalServerException(e.getMessage(), e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      started.completeExceptionally(e);
    }
  }

  private void serve(LlamaContext context, Request request) {
    BooleanSupplier abort = () -> closed || request.isCancelled();
    var reuse = prefixes.find(request.prompt(), request.outputsFrom());
    if (prefill(context, request, reuse, abort) && request instanceof LlamaGeneration generation) {
      if (generation.maxTokens() == 0) {
        generation.finish(FinishReason.LENGTH, 0);
      } else {
        decode(context, reuse.sequence(), generation, abort);
      }
    }
  }

  /** Computes what the sequence does not hold yet, block by block; returns false if aborted. */
  private boolean prefill(
      LlamaContext context, Request request, PrefixCache.Reuse reuse, BooleanSupplier abort) {
    var prompt = request.prompt();
    int sequence = reuse.sequence();
    int position = context.truncate(sequence, reuse.length()) ? reuse.length() : 0;
    prefixes.hold(sequence, prompt, position);
    while (position < prompt.length) {
      int end = Math.min(position + settings.batch(), prompt.length);
      int outputs = request.outputsFrom();
      if (abort.getAsBoolean() || !step(context, sequence, prompt, position, end, outputs, abort)) {
        return false;
      }
      if (request instanceof Scoring scoring) {
        for (int i = Math.max(position, outputs); i < Math.min(end, prompt.length - 1); i++) {
          scoring.add(context.logProbability(i - position, prompt[i + 1]));
        }
      }
      position = end;
      prefixes.hold(sequence, prompt, position);
    }
    return true;
  }

  /** Decodes a block or a token with the threads that are fastest just now. */
  private boolean step(
      LlamaContext context,
      int sequence,
      int[] tokens,
      int from,
      int to,
      int outputsFrom,
      BooleanSupplier abort) {
    int count = to - from;
    if (count > 1 && count < settings.batch()) {
      context.useThreads(blockThreads.faster());
      return context.decode(sequence, tokens, from, to, outputsFrom, abort);
    }
    var choice = count == 1 ? tokenThreads : blockThreads;
    while (!abort.getAsBoolean()) {
      int threads = choice.next();
      long patience = choice.patience(threads);
      long start = System.nanoTime();
      context.useThreads(threads);
      boolean done =
          context.decode(
              sequence,
              tokens,
              from,
              to,
              outputsFrom,
              () -> abort.getAsBoolean() || System.nanoTime() - start > patience);
      if (done || !abort.getAsBoolean()) {
        choice.took(threads, System.nanoTime() - start);
      }
      if (done) {
        return true;
      }
    }
    return false;
  }

  private void decode(
      LlamaContext context, int sequence, LlamaGeneration generation, BooleanSupplier abort) {
    int promptLength = generation.prompt().length;
    int end = Math.min(promptLength + generation.maxTokens(), settings.contextSize());
    var tokens = Arrays.copyOf(generation.prompt(), end);
    var text = new TextStream(generation.stopSequences());
    var reason = FinishReason.LENGTH;
    int position = promptLength;
    try (var sampler = new LlamaSampler(llama, generation.sampling())) {
      while (position < end) {
        int token = context.sample(sampler);
        tokens[position++] = token;
        if (model.endsGeneration(token)) {
          reason = FinishReason.STOP;
          break;
        }
        generation.text(text.append(model.piece(token)));
        if (text.stopped()) {
          reason = FinishReason.STOP;
          break;
        }
        boolean more = position < end;
        if (more && !step(context, sequence, tokens, position - 1, position, 0, abort)) {
          return;
        }
      }
    }
    generation.text(text.finish());
    generation.finish(reason, position - promptLength);
  }

  /** Stops at once; requests that run or wait fail. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(g -> g.fail(new InternalServerException("the model is shutting down")));
    model.close();
  }
}
