package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFileTest {
  private static final Question FIRST = Question.of("1", "", "one?", Question.nothing());
  private static final Question SECOND = Question.of("2", "", "two?", Question.nothing());

  @TempDir private Path folder;

  @Test
  void aLineThatAKillCutShortIsDroppedAndWrittenAgain() throws IOException {
    var file = folder.resolve("suite.jsonl");
    try (var work = WorkFile.open(file)) {
      work.add(right(FIRST));
    }
    Files.writeString(file, "{\"id\": \"2\", \"tags\": [", StandardOpenOption.APPEND);

    try (var work = WorkFile.open(file)) {
      assertEquals(Set.of("1"), work.answered());
      work.add(right(SECOND));
    }

    assertEquals(List.of("1", "2"), ids(file));
  }

  @Test
  void aQuestionThatFailedIsAskedAgain() throws IOException {
    var file = folder.resolve("suite.jsonl");
    try (var work = WorkFile.open(file)) {
      work.add(Result.failed(FIRST, "500"));
      assertEquals(Set.of(), work.answered());
    }
  }

  private static Result right(Question question) {
    return new ResultDraft(question).score("hit@1", 1).done("", "", List.of(), "");
  }

  private static List<String> ids(Path file) throws IOException {
    var ids = new ArrayList<String>();
    WorkFile.read(file, result -> ids.add(result.id()));
    return ids;
  }
}
