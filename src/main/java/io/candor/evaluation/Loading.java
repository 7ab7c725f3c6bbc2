package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Puts a suite's documents into its tenants, several at a time, holding a few of them. */
final class Loading {
  private static final int WORKERS = 8;

  private final Dataset data;
  private final String suite;
  private final Tenants tenants;
  private final List<String> refused = new ArrayList<>();

  Loading(Dataset data, String suite, Tenants tenants) {
    this.data = data;
    this.suite = suite;
    this.tenants = tenants;
  }

  /** Returns when all are in force; a document that the server refuses is told, and left out. */
  void run(PrintStream out) throws IOException {
    int count;
    try (var documents = data.documents()) {
      count = (int) documents.count();
    }
    if (count == 0) {
      return;
    }
    var progress = new Progress(out, suite + " documents", count);
    try (var documents = data.documents();
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
          "loading the documents of %s stopped".formatted(suite), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    refused.forEach(reason -> out.println("  left out: " + reason));
  }

  private void work(Iterator<SuiteDocument> documents, Progress progress) {
    for (var document = take(documents); document != null; document = take(documents)) {
      try {
        tenants.named(tenant(suite, document.tenant())).put(document.key(), document.body());
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
