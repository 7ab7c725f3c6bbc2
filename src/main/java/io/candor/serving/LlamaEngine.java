package io.candor.serving;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Serves many requests on one context (continuous batching). One platform thread runs rounds; in
 * each
 *
 * <ol>
 *   <li>finished, cancelled and late requests leave, and waiting ones take their sequences;
 *   <li>every answer advances by a token, or by several where a draft from its prompt proves right;
 *   <li>one prompt is computed a block further, so that a long one stalls nobody.
 * </ol>
 *
 * <p>What a request gets does not depend on the others: see decisions/0015.
 */
final class LlamaEngine implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LlamaEngine.class);

  /** Tokens of a prompt computed at once while nobody else is served. */
  private static final int ALONE = 256;

  private final LlamaNative llama;
  private final LlamaModel model;
  private final LlamaSettings settings;
  private final LlamaAdapters.Files files;
  private final WaitingLine waiting;
  private final PrefixCache prefixes;
  private final StepTimes times;
  private final DraftRecord drafts = new DraftRecord();
  private final List<Slot> slots = new ArrayList<>();
  private final Rows rows;
  private final EngineMeter meter = new EngineMeter();
  private final Watchdog watchdog;
  private final Thread thread;
  private LlamaContext context;
  private LlamaAdapters adapters;
  private volatile int running;
  private volatile boolean closed;

  /**
   * Takes over the model and is ready when this returns.
   *
   * @throws IllegalStateException if there is not enough memory for the context
   */
  LlamaEngine(
      LlamaNative llama, LlamaModel model, LlamaSettings settings, LlamaAdapters.Files files) {
    this.llama = llama;
    this.model = model;
    this.settings = settings;
    this.files = files;
    waiting = new WaitingLine(settings.queue());
    prefixes = new PrefixCache(settings.sequences());
    times = new StepTimes(settings.threads());
    rows = new Rows(mostRows(settings));
    watchdog = new Watchdog(settings.stepTimeout(), this::fail);
    var started = new CompletableFuture<Void>();
    thread = Thread.ofPlatform().name("inference").daemon().start(() -> run(started));
    try {
      started.join();
    } catch (CompletionException e) {
      watchdog.close();
      model.close();
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Queues a request, which learns what becomes of it.
   *
   * @throws BusyException if too many wait already
   */
  void submit(Request request) {
    if (closed) {
      throw new InternalServerException("the model is shutting down");
    }
    if (watchdog.stalled()) {
      throw new InternalServerException("the model does not move; see the log");
    }
    if (!waiting.offer(request)) {
      meter.rejected();
      throw new BusyException(waiting.size(), meter.wait(waiting.size(), settings.sequences()));
    }
    if (request instanceof LlamaGeneration generation) {
      generation.deliver();
    }
  }

  /** What was done so far. */
  EngineStatistics statistics() {
    return meter.read(waiting.size(), running);
  }

  /** Whether a step does not come to its end. */
  boolean stalled() {
    return watchdog.stalled();
  }

  private void run(CompletableFuture<Void> started) {
    try (var opened = newContext();
        var loaded = newAdapters(opened)) {
      context = opened;
      adapters = loaded;
      started.complete(null);
      while (!closed) {
        if (slots.isEmpty()) {
          waiting.await();
        }
        leave();
        enter();
        advance();
        prefill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      started.completeExceptionally(e);
      throw e;
    } finally {
      slots.forEach(Slot::close);
    }
  }

  /**
   * The rows of the largest step: nobody is delayed where a prompt is computed for itself alone.
   */
  private static int mostRows(LlamaSettings settings) {
    return Math.max(settings.batch(), ALONE);
  }

  private LlamaAdapters newAdapters(LlamaContext opened) {
    int rowsOfBase = RowInvariance.leastRows(opened, rows);
    return new LlamaAdapters(llama, model, opened, files, rowsOfBase);
  }

  private LlamaContext newContext() {
    int room = settings.contextSize() + Scheduler.MOST_ROWS; // for drafts, which are cut back
    int batch = mostRows(settings);
    if (KeyType.of(model.shape()) != KeyType.Q8_0) {
      LOG.warnf(
          "this model's heads have %d numbers, not a multiple of 32, so keys take 16 bits: a third "
              + "more memory, and the last bits of an answer can depend on load (decisions/0015)",
          model.shape().headSize());
    }
    MemoryNeed.of(model, settings.weightBytes(), settings.sequences(), room, batch).check();
    return model.newContext(settings.sequences(), room, batch);
  }

  /** Requests that nobody waits for any more, or that took too long, give their sequences back. */
  private void leave() {
    for (var slot : List.copyOf(slots)) {
      if (slot.request().abandoned()) {
        meter.cancelled();
        release(slot);
      } else if (System.nanoTime() - slot.request().since() > settings.requestTimeout().toNanos()) {
        fail(
            slot,
            new TimeoutException(
                "the answer was not ready within %s".formatted(settings.requestTimeout())));
      }
    }
  }

  private void fail(Slot slot, RuntimeException error) {
    meter.failed();
    release(slot);
    slot.request().fail(error);
  }

  private void release(Slot slot) {
    prefixes.hold(slot.sequence(), slot.tokens(), slot.computed());
    prefixes.release(slot.sequence());
    running = prefixes.inUse();
    slots.remove(slot);
    slot.close();
  }

  private void enter() {
    while (prefixes.hasIdle()) {
      var next = waiting.poll(this::running);
      if (next.isEmpty()) {
        return;
      }
      slots.add(open(next.get()));
      running = prefixes.inUse();
    }
  }

  private int running(String user) {
    return (int) slots.stream().filter(slot -> slot.request().user().equals(user)).count();
  }

  private Slot open(Request request) {
    var sampler =
        request instanceof LlamaGeneration generation
            ? new LlamaSampler(llama, model, generation.sampling())
            : null;
    var prompt = request.prompt();
    int most =
        Math.min(request.outputsFrom(), prompt.length - adapters.leastRows(request.adapters()));
    var reuse = prefixes.take(prompt, Math.max(0, most), request.adapters());
    int sequence = reuse.target();
    if (reuse.source() != sequence) {
      context.copy(reuse.source(), sequence);
    }
    int reused = context.truncate(sequence, reuse.length()) ? reuse.length() : 0;
    prefixes.hold(sequence, prompt, reused);
    meter.reused(reused);
    return new Slot(sequence, request, reused, settings.contextSize(), sampler);
  }

  /** Every answer gains a token or more; those of the same adapters are computed together. */
  private void advance() {
    slots.stream()
        .map(slot -> slot.request().adapters())
        .distinct()
        .toList()
        .forEach(this::advance);
  }

  private void advance(AdapterSet set) {
    var answers =
        slots.stream()
            .filter(Predicate.not(Slot::prefilling))
            .filter(slot -> slot.request().adapters().equals(set))
            .sorted(Comparator.comparingInt(Slot::sequence))
            .map(slot ->
                new Answer(slot, slot.draft(settings.drafts() ? Scheduler.MOST_DRAFTED : 0)))
            .toList();
    var members = answers.stream().map(this::member).toList();
    int least = adapters.leastRows(set);
    for (var step : new Scheduler(least).round(members, times::nanos)) {
      var together = answers.stream().filter(answer -> step.has(answer.slot.sequence())).toList();
      try {
        adapters.use(set);
        advance(together, step, least);
      } catch (RuntimeException e) {
        together.forEach(a -> fail(a.slot, new InternalServerException(e.getMessage(), e)));
      }
    }
  }

  /** An answer, and the tokens that may follow. */
  private record Answer(Slot slot, Drafter.Draft draft) {}

  private Scheduler.Member member(Answer answer) {
    int match = answer.draft.match();
    return new Scheduler.Member(
        answer.slot.sequence(), answer.draft.length(), drafts.first(match), drafts.next(match));
  }

  private void advance(List<Answer> together, Scheduler.Step step, int least) {
    rows.clear();
    boolean fewOutputs = together.size() * step.rows() < least;
    for (int sequence = step.first(); sequence <= step.last(); sequence++) {
      int at = sequence;
      var answer = together.stream().filter(a -> a.slot.sequence() == at).findFirst();
      int position = answer.map(a -> a.slot.computed()).orElseGet(() -> held(at));
      for (int row = 0; row < step.rows(); row++) {
        rows.add(
            answer.isEmpty() ? 0 : token(answer.get(), row),
            position + row,
            sequence,
            answer.isPresent() || fewOutputs);
      }
    }
    if (!compute(() -> closed)) {
      return;
    }
    meter.step();
    for (var answer : together) {
      try {
        verify(answer, (answer.slot.sequence() - step.first()) * step.rows(), step.rows());
      } catch (RuntimeException e) {
        fail(answer.slot, new InternalServerException(e.getMessage(), e));
      }
    }
    for (int sequence = step.first(); sequence <= step.last(); sequence++) {
      context.truncate(sequence, held(sequence));
    }
  }

  /** The answer's last token, its draft, and where that is too short, any token. */
  private static int token(Answer answer, int row) {
    var slot = answer.slot;
    return row == 0
        ? slot.tokens()[slot.length() - 1]
        : row <= answer.draft.length() ? answer.draft.tokens()[row - 1] : 0;
  }

  private int held(int sequence) {
    return slots.stream()
        .filter(slot -> slot.sequence() == sequence)
        .mapToInt(Slot::computed)
        .findFirst()
        .orElseGet(() -> prefixes.length(sequence));
  }

  /** Takes the model's choice after each row as long as the draft was the same. */
  private void verify(Answer answer, int firstRow, int count) {
    var slot = answer.slot;
    int drafted = Math.min(answer.draft.length(), count - 1);
    int accepted = 0;
    boolean more = true;
    boolean right = true;
    while (more && right) {
      int token = context.sample(slot.sampler(), firstRow + accepted);
      slot.computed(slot.computed() + 1);
      more = slot.take(token, this::piece);
      right = accepted < drafted && token == answer.draft.tokens()[accepted];
      accepted += right ? 1 : 0;
    }
    drafts.learn(answer.draft.match(), drafted, accepted);
    meter.advanced(drafted, accepted);
    if (!more) {
      finished(slot);
    }
  }

  private byte[] piece(int token) {
    return model.endsGeneration(token) ? null : model.piece(token);
  }

  private void finished(Slot slot) {
    meter.finished(System.nanoTime() - slot.request().since());
    release(slot);
  }

  /** Computes one block of the prompt that came first. */
  private void prefill() {
    var next = slots.stream().filter(Slot::prefilling).findFirst();
    if (next.isEmpty()) {
      return;
    }
    var slot = next.get();
    try {
      prefill(slot);
    } catch (RuntimeException e) {
      fail(slot, new InternalServerException(e.getMessage(), e));
    }
  }

  private void prefill(Slot slot) {
    var request = slot.request();
    adapters.use(request.adapters());
    int from = slot.computed();
    int to = blockEnd(from, request.prompt().length, adapters.leastRows(request.adapters()));
    rows.clear();
    for (int i = from; i < to; i++) {
      rows.add(request.prompt()[i], i, slot.sequence(), i >= request.outputsFrom());
    }
    if (!compute(() -> closed || request.abandoned())) {
      return;
    }
    slot.computed(to);
    meter.prefilled(to - from);
    if (request instanceof Scoring scoring) {
      score(scoring, from, to);
    }
    if (to == request.prompt().length) {
      switch (request) {
        case Scoring _ -> finished(slot);
        case LlamaGeneration generation -> begin(slot, generation, to - from - 1);
      }
    }
  }

  /** A block is never followed by fewer rows than can be computed at once. */
  private int blockEnd(int from, int end, int least) {
    int block = slots.size() == 1 ? mostRows(settings) : settings.batch();
    int to = Math.min(from + block, end);
    return end - to > 0 && end - to < least ? Math.max(from + 1, to - least) : to;
  }

  private void score(Scoring scoring, int from, int to) {
    var prompt = scoring.prompt();
    for (int i = Math.max(from, scoring.outputsFrom()); i < Math.min(to, prompt.length - 1); i++) {
      scoring.add(context.logProbability(i - from, prompt[i + 1]));
    }
  }

  private void begin(Slot slot, LlamaGeneration generation, int lastRow) {
    boolean more = generation.maxTokens() > 0;
    if (more) {
      more = slot.take(context.sample(slot.sampler(), lastRow), this::piece);
      meter.advanced(0, 0);
    } else {
      generation.finish(FinishReason.LENGTH, 0);
    }
    if (!more) {
      finished(slot);
    }
  }

  /** Computes the rows with as many threads as are fastest just now; returns false if aborted. */
  private boolean compute(BooleanSupplier abort) {
    var choice = times.threadsFor(rows.count());
    while (!abort.getAsBoolean()) {
      int threads = choice.next();
      long patience = choice.patience(threads);
      long start = System.nanoTime();
      context.useThreads(threads);
      watchdog.begin();
      boolean done =
          context.decode(rows, () -> abort.getAsBoolean() || System.nanoTime() - start > patience);
      watchdog.end();
      if (done || !abort.getAsBoolean()) {
        choice.took(threads, System.nanoTime() - start);
      }
      if (done) {
        return true;
      }
    }
    return false;
  }

  /** Everyone who waits learns that nothing more will come. */
  private void fail(RuntimeException error) {
    waiting.drain().forEach(request -> request.fail(error));
    List.copyOf(slots).forEach(slot -> slot.request().fail(error));
  }

  /** Stops at once; requests that run or wait fail. */
  @Override
  public void close() {
    closed = true;
    watchdog.close();
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
    fail(new InternalServerException("the model is shutting down"));
    model.close();
  }
}
