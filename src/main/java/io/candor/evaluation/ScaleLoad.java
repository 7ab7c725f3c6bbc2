package io.candor.evaluation;

import io.candor.serving.BgeEmbeddingModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes a corpus into the product's tables. Every hundredth document belongs to the small tenant;
 * every fourth is valid only from 2025 on.
 */
final class ScaleLoad {
  static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  static final Instant LATER = Instant.parse("2025-01-01T00:00:00Z");

  private static final int BATCH = 200;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final Connection connection;
  private final ScaleCorpus corpus;
  private final UUID large;
  private final UUID small;

  /**
   * @param connection of the tables' owner, whom row-level security does not bind now
   */
  ScaleLoad(Connection connection, ScaleCorpus corpus, UUID large, UUID small) {
    this.connection = connection;
    this.corpus = corpus;
    this.large = large;
    this.small = small;
  }

  static boolean isSmall(int document) {
    return document % 100 == 0;
  }

  private record Written(
      UUID tenant, UUID id, UUID version, int number, ScaleCorpus.Document content) {}

  /** Goes on after the documents that are there; a batch is there as a whole or not at all. */
  void load(PrintStream out) throws SQLException, IOException {
    int batches = corpus.documents() / BATCH;
    int done = written() / BATCH;
    var progress = new Progress(out, "batches of 2000 chunks", batches - done);
    connection.setAutoCommit(false);
    for (int batch = done; batch < batches; batch++) {
      var documents = new Written[BATCH];
      for (int i = 0; i < BATCH; i++) {
        documents[i] = document(batch * BATCH + i);
      }
      write(documents);
      connection.commit();
      progress.step();
    }
    connection.setAutoCommit(true);
  }

  private int written() throws SQLException {
    try (var count =
        connection.prepareStatement("select count(*) from document where tenant_id in (?, ?)")) {
      count.setObject(1, large);
      count.setObject(2, small);
      try (var row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private Written document(int number) {
    return new Written(
        isSmall(number) ? small : large,
        UUID.randomUUID(),
        UUID.randomUUID(),
        number,
        corpus.document(number));
  }

  private void write(Written[] documents) throws SQLException, IOException {
    try (var rows = new CopyRows(connection, "document", "id", "tenant_id", "key")) {
      for (var document : documents) {
        rows.row().uuid(document.id()).uuid(document.tenant()).text(key(document));
      }
    }
    writeVersions(documents);
    try (var rows =
        new CopyRows(
            connection,
            "validity",
            "tenant_id",
            "document_id",
            "version_id",
            "valid_from",
            "recorded_from")) {
      for (var document : documents) {
        var from = document.number() % 4 == 3 ? LATER : START;
        rows.row().uuid(document.tenant()).uuid(document.id()).uuid(document.version());
        rows.instant(micros(from)).instant(micros(START));
      }
    }
    writePassages(documents);
    writeChunks(documents);
    writeVectors(documents);
  }

  private static String key(Written document) {
    return "scale/" + document.number();
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(EPOCH, instant);
  }

  private void writeVersions(Written[] documents) throws SQLException, IOException {
    try (var rows =
        new CopyRows(
            connection,
            "version",
            "id",
            "tenant_id",
            "document_id",
            "number",
            "kind",
            "format",
            "title",
            "text",
            "content_hash",
            "event_source",
            "event_id",
            "recorded_at")) {
      for (var document : documents) {
        var text = new StringBuilder();
        document.content().passages().forEach(p -> text.append(p.text()).append("\n\n"));
        rows.row().uuid(document.version()).uuid(document.tenant()).uuid(document.id()).integer(1);
        rows.text("policy").text("text").text(document.content().title()).text(text.toString());
        rows.bytes(sha256(text.toString())).text("scale").text(key(document));
        rows.instant(micros(START));
      }
    }
  }

  private void writePassages(Written[] documents) throws SQLException, IOException {
    try (var rows =
        new CopyRows(
            connection, "passage", "tenant_id", "content_hash", "title", "heading", "text")) {
      for (var document : documents) {
        for (var passage : document.content().passages()) {
          rows.row().uuid(document.tenant()).bytes(hash(document, passage));
          rows.text(document.content().title()).text(passage.heading()).text(passage.text());
        }
      }
    }
  }

  private void writeChunks(Written[] documents) throws SQLException, IOException {
    try (var rows =
        new CopyRows(
            connection,
            "chunk",
            "tenant_id",
            "version_id",
            "ordinal",
            "start_at",
            "end_at",
            "content_hash")) {
      for (var document : documents) {
        int ordinal = 0;
        int start = 0;
        for (var passage : document.content().passages()) {
          int end = start + passage.text().length();
          rows.row().uuid(document.tenant()).uuid(document.version()).integer(ordinal);
          rows.integer(start).integer(end).bytes(hash(document, passage));
          start = end + 2;
          ordinal++;
        }
      }
    }
  }

  private void writeVectors(Written[] documents) throws SQLException, IOException {
    try (var rows =
        new CopyRows(connection, "embedding", "tenant_id", "model", "content_hash", "vector")) {
      for (var document : documents) {
        for (var passage : document.content().passages()) {
          rows.row().uuid(document.tenant()).text(BgeEmbeddingModel.NAME);
          rows.bytes(hash(document, passage)).vector(passage.vector());
        }
      }
    }
  }

  private static byte[] hash(Written document, ScaleCorpus.Passage passage) {
    return sha256(document.content().title() + '\n' + passage.heading() + '\n' + passage.text());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
