package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;

/**
 * Runs suites, one question after another, so that latencies are those of a server with nothing
 * else to do. Each result is on disk before the next question is asked: a run that was stopped goes
 * on where it was, in the same folder, and does not load again what is there.
 */
public final class Evaluation {
  private final Path folder;
  private final String ending;
  private final Sample sample;
  private final PrintStream out;

  /** The folder is the run's, and keeps its results; out gets the progress. */
  public Evaluation(Path folder, Sample sample, PrintStream out) {
    this(folder, ".jsonl", sample, out);
  }

  private Evaluation(Path folder, String ending, Sample sample, PrintStream out) {
    this.folder = folder;
    this.ending = ending;
    this.sample = sample;
    this.out = out;
  }

  /** The same questions again, of the same documents, with results of their own. */
  public Evaluation without(Ablation ablation) {
    return new Evaluation(folder, ".%s.jsonl".formatted(ablation.slug()), sample, out);
  }

  /** Asks what was not asked yet, and reports on all of it. */
  public SuiteReport run(Suite suite, Tenants tenants) throws IOException {
    var file = folder.resolve(suite.definition().name() + ending);
    int size = sample.size(suite);
    if (size == 0) {
      throw new IllegalArgumentException(
          "%s has no question with a tag of %s"
              .formatted(suite.definition().name(), sample.tags()));
    }
    try (var work = WorkFile.open(file)) {
      var answered = work.answered();
      if (answered.size() < size) {
        new Loading(suite, tenants, folder).run(out);
        ask(suite, tenants, work, answered, size);
      }
    }
    return SuiteReport.of(suite.definition(), file);
  }

  private void ask(Suite suite, Tenants tenants, WorkFile work, Set<String> answered, int size)
      throws IOException {
    var progress = new Progress(out, suite.definition().name(), size);
    try (var questions = sample.of(suite)) {
      for (var next = questions.iterator(); next.hasNext(); ) {
        var question = next.next();
        if (answered.contains(question.id())) {
          progress.skip();
        } else {
          work.add(ask(suite, question, tenants));
          progress.step();
        }
      }
    }
  }

  /** A question that the server refuses is a result too; a server that is gone ends the run. */
  private static Result ask(Suite suite, Question question, Tenants tenants) {
    try {
      return suite.ask(question, tenants);
    } catch (ServerUnderTest.Refused e) {
      return Result.failed(question, e.getMessage());
    }
  }
}
