package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotThereIsSaidNotToBe() {
    var file = folder.resolve("none.jsonl");
    var failure = assertThrows(IOException.class, () -> Files.readString(file));

    assertEquals("there is no file " + file, Failures.line(failure));
    assertEquals("there is no file " + file, Failures.line(new UncheckedIOException(failure)));
    assertEquals("no permission for a", Failures.line(new AccessDeniedException("a")));
  }

  @Test
  void aReasonThatIsGivenIsKept() {
    var failure = new NoSuchFileException("data/train.jsonl", null, "a dataset has it");

    assertEquals("data/train.jsonl: a dataset has it", Failures.line(failure));
    assertEquals("no space", Failures.line(new IOException("no space")));
    assertEquals("java.io.IOException", Failures.line(new IOException()));
  }
}
