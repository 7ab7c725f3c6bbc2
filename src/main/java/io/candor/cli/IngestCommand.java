package io.candor.cli;

import io.candor.cli.IngestSources.Source;
import io.candor.knowledge.loading.LoadLimits;
import io.candor.knowledge.loading.LoadedFile.Entry;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import io.candor.knowledge.loading.LoaderProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

  @Option(names = "--dry-run", description = "read and compare, but store nothing")
  private boolean dryRun;

  @Option(
      names = "--keep-duplicates",
      description = "store a document that says the same as one under another key, too")
  private boolean keepDuplicates;

  @Option(
      names = "--jobs",
      defaultValue = "2",
      description = "files read and sent at once (default: ${DEFAULT-VALUE})")
  private int jobs;

  @Override
  public Integer call() throws Exception {
    var sources = IngestSources.find(paths);
    try (var client = new CandorClient(ClientSettings.find());
        var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var progress = new IngestProgress(System.out, sources.files().size());
      sources.refused().forEach(progress::refused);
      var stored = client.contentHashes();
      var waiting = new ConcurrentLinkedQueue<>(sources.files());
      var running =
          IntStream.range(0, Math.clamp(jobs, 1, 16))
              .mapToObj(_ -> workers.submit(() -> load(waiting, client, stored, progress)))
              .toList();
      for (Future<?> worker : running) {
        worker.get();
      }
      if (sources.others() > 0) {
        progress.remark("passed over: %d files of other kinds".formatted(sources.others()));
      }
      return progress.summarise(dryRun);
    }
  }

  private Void load(
      Queue<Source> waiting,
      CandorClient client,
      Map<String, String> stored,
      IngestProgress progress)
      throws IOException, InterruptedException {
    try (var reader = new LoaderProcess(LoadLimits.DEFAULT)) {
      for (var source = waiting.poll(); source != null; source = waiting.poll()) {
        switch (reader.load(source.file(), source.key(), source.key())) {
          case Refused(var reason) -> progress.refused(source.file().toString(), reason);
          case Loaded(var documents) -> {
            for (var entry : documents) {
              store(entry, client, stored, progress);
            }
          }
        }
        progress.fileDone();
      }
    }
    return null;
  }

  private void store(
      Entry entry, CandorClient client, Map<String, String> stored, IngestProgress progress)
      throws IOException, InterruptedException {
    var draft = entry.draft();
    var hash = HexFormat.of().formatHex(draft.contentHash());
    // The hash leaves out when a version is valid; the server compares that.
    var isUntimed = draft.validFrom().isEmpty() && draft.validUntil().isEmpty();
    if (isUntimed && hash.equals(stored.get(entry.key()))) {
      progress.count(IngestOutcome.UNCHANGED);
      return;
    }
    if (dryRun) {
      progress.count(
          stored.containsKey(entry.key()) ? IngestOutcome.CHANGED : IngestOutcome.CREATED);
      return;
    }
    try {
      var answer = client.put(entry.key(), draft.toJson(), keepDuplicates ? "report" : "skip");
      var resembles = answer.path("resembles");
      if (!answer.has("version")) {
        progress.count(IngestOutcome.DUPLICATE);
        progress.remark(
            "not stored: %s says the same as %s"
                .formatted(entry.key(), resembles.path("document").asText()));
        return;
      }
      if (resembles.isObject()) {
        progress.remark(
            "resembles: %s has %.0f%% of its wording in common with %s"
                .formatted(
                    entry.key(),
                    100 * resembles.path("similarity").asDouble(),
                    resembles.path("document").asText()));
      }
      var outcome = IngestOutcome.valueOf(answer.path("status").asText().toUpperCase(Locale.ROOT));
      progress.count(outcome);
      progress.written(outcome == IngestOutcome.UNCHANGED ? 0 : draft.text().length());
    } catch (CandorClient.Refusal e) {
      progress.refused(entry.key(), e.getMessage());
    }
  }
}
