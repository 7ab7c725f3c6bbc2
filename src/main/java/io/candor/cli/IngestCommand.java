package io.candor.cli;

import io.candor.cli.IngestSources.Source;
import io.candor.knowledge.loading.LoadLimits;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import io.candor.knowledge.loading.LoaderProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ingest",
    description = {
      "Loads files and folders through the documents API.",
      "It reads Markdown, HTML, text, PDF, DOCX, and questions with answers in CSV or JSON.",
      "A document's key is its path below the folder given, unless its front matter names one.",
      "What the server already has is skipped, so an interrupted run is simply run again.",
      "Exit code 1: something was refused; the reasons are listed at the end."
    },
    mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders")
  private List<Path> paths;

  @Option(
      names = "--dry-run",
      description = "read and compare by content hash, but store nothing: copies are not told")
  private boolean dryRun;

  @Option(
      names = "--keep-duplicates",
      description = "store a document that says the same as one under another key, too")
  private boolean keepDuplicates;

  @Option(
      names = "--jobs",
      defaultValue = "2",
      description = "documents sent at once (default: ${DEFAULT-VALUE})")
  private int jobs;

  @Override
  public Integer call() throws Exception {
    var sources = IngestSources.find(paths);
    try (var client = new CandorClient(ClientSettings.find())) {
      var progress = new IngestProgress(System.out, sources.files().size());
      sources.refused().forEach(progress::refused);
      var target = new IngestTarget(client, progress, dryRun, keepDuplicates);
      load(sources.files(), target, progress);
      if (sources.others() > 0) {
        progress.remark("passed over: %d files of other kinds".formatted(sources.others()));
      }
      return progress.summarise(dryRun);
    }
  }

  /** Files are read one after another, so that of two with one key it is always the first. */
  private void load(List<Source> files, IngestTarget target, IngestProgress progress)
      throws IOException, InterruptedException {
    var keys = new HashMap<String, Source>();
    try (var reader = new LoaderProcess(LoadLimits.DEFAULT);
        var sending = new AtOnce(Math.clamp(jobs, 1, 16))) {
      for (var source : files) {
        var name = source.file().toString();
        switch (reader.load(source.file(), source.key(), source.key())) {
          case Refused(var reason) -> progress.refused(name, reason);
          case Loaded(var documents, var rows) -> {
            rows.forEach(reason -> progress.refused(name, reason));
            for (var entry : documents) {
              var other = keys.putIfAbsent(entry.key(), source);
              if (other == null) {
                sending.run(() -> target.store(entry));
              } else {
                progress.refused(
                    name, "%s has the same key, %s".formatted(other.file(), entry.key()));
              }
            }
          }
        }
        progress.fileDone();
      }
      sending.finish();
    }
  }
}
