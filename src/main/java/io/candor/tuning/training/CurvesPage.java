package io.candor.tuning.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The losses of a run as a page that stands alone. */
final class CurvesPage {
  private CurvesPage() {}

  static void write(RunRecord run, Path file) throws IOException {
    Files.writeString(file, "<!doctype html><title>%s</title>".formatted(run.name()));
  }
}
