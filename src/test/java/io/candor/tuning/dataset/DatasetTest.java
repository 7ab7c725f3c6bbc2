package io.candor.tuning.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    var written = Dataset.write(folder, examples(200), Split.DEFAULT);
    var read = Dataset.read(folder);
    assertEquals(written, read);
    assertEquals(200, read.train().size() + read.validation().size());
    assertTrue(read.validation().size() >= 10 && read.validation().size() <= 30);
  }

  @Test
  void aConversationIsNeverOnBothSides() {
    var halves = Split.DEFAULT.of(examples(400));
    var train = new HashSet<>(halves.train().stream().map(Example::conversation).toList());
    assertTrue(halves.validation().stream().noneMatch(e -> train.contains(e.conversation())));
  }

  @Test
  void aConversationStaysOnItsSideWhenTheDataGrows() {
    var before = Split.DEFAULT.of(examples(200));
    var after = Split.DEFAULT.of(examples(400));
    assertTrue(after.validation().containsAll(before.validation()));
    assertTrue(after.train().containsAll(before.train()));
    assertNotEquals(before, new Split(0.1, 8).of(examples(200)));
  }

  @Test
  void aLineThatIsNoExampleIsNamedByFileAndLine() throws IOException {
    var file = folder.resolve("replies.jsonl");
    Files.writeString(
        file,
        """
        {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

        {"messages": [{"role": "user", "content": "Hi"}]}
        """);
    var failure = assertThrows(InvalidSource.class, () -> Dataset.read(file));
    assertEquals(
        file + ":3: an example has at least a question and its answer", failure.getMessage());
  }

  @Test
  void oneFileIsADatasetToo() throws IOException {
    var file = folder.resolve("all.jsonl");
    ExampleFile.write(file, examples(200));
    var dataset = Dataset.read(file);
    assertEquals(Split.DEFAULT.of(examples(200)).train(), dataset.train());
    assertEquals(64, dataset.sha256().length());
  }

  @Test
  void whatLittleThereIsIsLearntFrom() {
    IntStream.range(0, 50)
        .mapToObj(seed -> new Split(0.5, seed).of(examples(1)))
        .forEach(halves -> assertEquals(1, halves.train().size()));
  }

  @Test
  void aFolderThatIsNoDatasetSaysHowToMakeOne() {
    var failure = assertThrows(InvalidSource.class, () -> Dataset.read(folder));
    assertEquals(
        folder + ": there is no train.jsonl in it: ./candor tune prepare makes one",
        failure.getMessage());
  }

  /** Two examples a conversation. */
  private static List<Example> examples(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Example(
                "c" + i / 2,
                List.of(
                    new Message(Message.USER, "Question " + i),
                    new Message(Message.ASSISTANT, "Answer " + i + ". [1]"))))
        .toList();
  }
}
