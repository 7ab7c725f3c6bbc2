package io.candor.knowledge;

import io.candor.knowledge.loading.LoadLimits;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import io.candor.knowledge.loading.LoadedFile.Refused;
import io.candor.knowledge.loading.LoaderProcess;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Reads uploaded files and stores the documents in them; one that is refused stops no other. */
@ApplicationScoped
class Imports {
  private final Intake intake;
  private final LoadLimits limits;
  private final Semaphore processes;

  Imports(Intake intake, KnowledgeConfig config) {
    this.intake = intake;
    this.limits =
        new LoadLimits(config.importMaxBytes(), config.importTimeLimit(), config.importMemory());
    this.processes = new Semaphore(config.importProcesses(), true);
  }

  List<Imported> load(UUID tenant, List<FileUpload> files, OnDuplicate onDuplicate)
      throws IOException {
    processes.acquireUninterruptibly();
    try (var reader = new LoaderProcess(limits)) {
      var imported = new ArrayList<Imported>();
      for (var file : files) {
        imported.addAll(load(tenant, reader, file.fileName(), file.uploadedFile(), onDuplicate));
      }
      return imported;
    } finally {
      processes.release();
    }
  }

  private List<Imported> load(
      UUID tenant, LoaderProcess reader, String name, Path file, OnDuplicate onDuplicate)
      throws IOException {
    if (!isKey(name)) {
      return List.of(refused("" + name, null, "its name is no path below a folder"));
    }
    return switch (reader.load(file, name, name)) {
      case Refused(var reason) -> List.of(refused(name, null, reason));
      case Loaded(var documents) ->
          documents.stream()
              .map(entry -> {
                try {
                  var outcome = intake.publish(tenant, entry.key(), entry.draft(), onDuplicate);
                  return imported(name, entry.key(), outcome);
                } catch (IllegalArgumentException e) {
                  return refused(name, entry.key(), e.getMessage());
                }
              })
              .toList();
    };
  }

  private static Imported imported(String file, String key, Outcome outcome) {
    return new Imported(
        file,
        key,
        outcome.version().isPresent() ? outcome.version().getAsInt() : null,
        outcome.status().toString(),
        outcome.reason().orElse(null),
        outcome.resembles().orElse(null));
  }

  private static Imported refused(String file, String key, String reason) {
    return imported(file, key, Outcome.refused(reason));
  }

  /** A name becomes a key, and never a path here; yet one that climbs is meant ill. */
  private static boolean isKey(String name) {
    return name != null
        && !name.isBlank()
        && name.length() <= Check.LONGEST_KEY
        && !name.startsWith("/")
        && !name.matches(".*[\\\\\\p{Cntrl}].*")
        && List.of(name.split("/")).stream()
            .noneMatch(part -> part.equals("..") || part.equals("."));
  }
}
