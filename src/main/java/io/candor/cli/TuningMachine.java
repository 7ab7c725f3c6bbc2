package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.MavenJars;
import io.candor.embedded.Parts;
import io.candor.knowledge.loading.LoaderProcess;
import io.candor.tuning.training.TrainingRun;
import java.io.PrintStream;
import java.nio.file.Path;

/** Sets up what training needs. */
final class TuningMachine {
  private TuningMachine() {}

  /**
   * Fetches what is missing.
   *
   * @param base the model's file; null for the default model
   */
  static TrainingRun.Machine of(CandorHome home, Path base, int threads, PrintStream out) {
    EmbeddedParts.setUp(home, out);
    MavenJars libtorch = MavenJars.libtorch(home);
    libtorch.fetch(out);
    return new TrainingRun.Machine(
        base == null ? EmbeddedParts.model(home) : base,
        new Parts(home).llama(),
        libtorch.folder(),
        LoaderProcess.classPath(),
        threads);
  }
}
