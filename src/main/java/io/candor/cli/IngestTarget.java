package io.candor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.candor.knowledge.Draft;
import io.candor.knowledge.loading.LoadedFile.Entry;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The server that a load goes to, and what it has already. */
final class IngestTarget {
  private final CandorClient client;
  private final IngestProgress progress;
  private final boolean dryRun;
  private final String duplicates;
  private final Map<String, String> stored;

  IngestTarget(CandorClient client, IngestProgress progress, boolean dryRun, boolean keepDuplicates)
      throws IOException, InterruptedException {
    this.client = client;
    this.progress = progress;
    this.dryRun = dryRun;
    this.duplicates = keepDuplicates ? "report" : "skip";
    this.stored = client.contentHashes();
  }

  /** Sends a document, unless the server has it. */
  void store(Entry entry) throws IOException, InterruptedException {
    var key = entry.key();
    if (isStored(key, entry.draft())) {
      progress.count(IngestOutcome.UNCHANGED);
    } else if (dryRun) {
      progress.count(stored.containsKey(key) ? IngestOutcome.CHANGED : IngestOutcome.CREATED);
    } else {
      try {
        report(key, client.put(key, entry.draft().toJson(), duplicates));
      } catch (CandorClient.Refusal e) {
        progress.refused(key, e.getMessage());
      }
    }
  }

  /** The hash leaves out when a version is valid; the server compares that. */
  private boolean isStored(String key, Draft draft) {
    return draft.validFrom().isEmpty()
        && draft.validUntil().isEmpty()
        && HexFormat.of().formatHex(draft.contentHash()).equals(stored.get(key));
  }

  private void report(String key, JsonNode answer) {
    var resembles = answer.path("resembles");
    var other = resembles.path("document").asText();
    if (!answer.has("version")) {
      progress.count(IngestOutcome.DUPLICATE);
      progress.remark("not stored: %s says the same as %s".formatted(key, other));
      return;
    }
    if (resembles.isObject()) {
      progress.remark(
          "resembles: %s has %.0f%% of its wording in common with %s"
              .formatted(key, 100 * resembles.path("similarity").asDouble(), other));
    }
    progress.count(IngestOutcome.valueOf(answer.path("status").asText().toUpperCase(Locale.ROOT)));
    progress.written(answer.path("chunks").asInt());
  }
}
