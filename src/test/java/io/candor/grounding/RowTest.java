package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sentences made of a table's row, the table being given in the shapes in which it is cited. */
class RowTest {
  @TestFactory
  Stream<DynamicTest> aSentenceKeepsToItsRowAndItsColumns() throws IOException {
    try (var in = RowTest.class.getResourceAsStream("rows.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> DynamicTest.dynamicTest(line, () -> check(line.split(" @ "))));
    }
  }

  private static void check(String[] part) {
    var passages = new ArrayList<Passage>();
    for (String passage : part[1].split(" // ")) {
      passages.add(new Passage(passages.size() + 1, passage.replace("\\n", "\n")));
    }
    Judgement judgement = Verifiers.SHIPPED.verify(new Claim(part[0], List.of()), passages);
    boolean supported = judgement.verdict() == Verdict.SUPPORTED;
    assertEquals(part[2].equals("supported"), supported, judgement::toString);
  }
}
