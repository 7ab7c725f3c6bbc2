package io.candor.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts a suite's documents into its tenants, several at a time, holding a few of them. Once they
 * are there, a file in the run's folder says which: a run that goes on does not load them again.
 */
final class Loading {
  private static final int WORKERS = 8;

  private final Suite suite;
  private final String name;
  private final Tenants tenants;
  private final Path loaded;
  private final List<String> refused = new ArrayList<>();

  Loading(Suite suite, Tenants tenants, Path folder) {
    this.suite = suite;
    this.name = suite.definition().name();
    this.tenants = tenants;
    this.loaded = folder.resolve(name + ".loaded");
  }

  /** Returns when all are in force; a document that the server refuses is told, and left out. */
  void run(PrintStream out) throws IOException {
    var contents = contents();
    if (contents.count() == 0 || isLoaded(contents)) {
      return;
    }
    load(new Progress(out, name + " documents", contents.count()));
    refused.forEach(reason -> out.println("  left out: " + reason));
    Files.writeString(loaded, contents.sha256());
  }

  private record Contents(int count, String sha256) {}

  private Contents contents() throws IOException {
    var hash = sha256();
    int count = 0;
    try (var documents = suite.documents()) {
      for (var next = documents.iterator(); next.hasNext(); count++) {
        hash.update(next.next().toString().getBytes(UTF_8));
      }
    }
    return new Contents(count, HexFormat.of().formatHex(hash.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isLoaded(Contents contents) throws IOException {
    return !tenants.areNew()
        && Files.exists(loaded)
        && Files.readString(loaded).equals(contents.sha256());
  }

  private void load(Progress progress) throws IOException {
    try (var documents = suite.documents();
        var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = documents.iterator();
      var running = new ArrayList<Future<?>>();
      for (int worker = 0; worker < WORKERS; worker++) {
        running.add(workers.submit(() -> work(next, progress)));
      }
      for (var worker : running) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "loading the documents of %s stopped".formatted(name), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void work(Iterator<SuiteDocument> documents, Progress progress) {
    for (var document = take(documents); document != null; document = take(documents)) {
      try {
        tenants.named(tenant(name, document.tenant())).put(document.key(), document.body());
      } catch (ServerUnderTest.Refused e) {
        if (e.status() >= 500) {
          throw e;
        }
        synchronized (refused) {
          refused.add(document.key() + ": " + e.getMessage());
        }
      }
      progress.step();
    }
  }

  private static SuiteDocument take(Iterator<SuiteDocument> documents) {
    synchronized (documents) {
      return documents.hasNext() ? documents.next() : null;
    }
  }

  /** A suite's tenants are its own: no two suites see each other's documents. */
  static String tenant(String suite, String tenant) {
    var name = tenant.isEmpty() ? suite : suite + "-" + tenant;
    return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
