package io.candor.evaluation;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The results of one suite so far, a line each: what was written before a kill need not be asked
 * again. A line that the kill cut short is dropped.
 */
final class WorkFile implements AutoCloseable {
  private final Path file;
  private final BufferedWriter writer;

  private WorkFile(Path file, BufferedWriter writer) {
    this.file = file;
    this.writer = writer;
  }

  static WorkFile open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      dropCutLine(file);
    }
    return new WorkFile(
        file, Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  private static void dropCutLine(Path file) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long end = bytes.length();
      while (end > 0) {
        bytes.seek(end - 1);
        if (bytes.read() == '\n') {
          break;
        }
        end--;
      }
      bytes.setLength(end);
    }
  }

  /** The questions that have an answer; one that failed may be asked again. */
  Set<String> answered() throws IOException {
    var ids = new HashSet<String>();
    read(
        file,
        result -> {
          if (result.error() == null) {
            ids.add(result.id());
          }
        });
    return ids;
  }

  /** Appends a result; it is the operating system's when this returns. */
  void add(Result result) throws IOException {
    writer.write(ServerUnderTest.JSON.writeValueAsString(result));
    writer.write('\n');
    writer.flush();
  }

  /** Hands on every result in the file, one at a time. */
  static void read(Path file, Consumer<Result> each) throws IOException {
    try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(ServerUnderTest.JSON.readValue(line, Result.class));
      }
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
