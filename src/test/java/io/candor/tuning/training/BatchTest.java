package io.candor.tuning.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static TokenisedExample example(int answerStart, int... tokens) {
    return new TokenisedExample(tokens, answerStart);
  }

  @Test
  void whatExamplesShareIsThereOnceAndTheRestIsFilledUp() {
    var batch = Batch.of(List.of(example(4, 7, 7, 1, 2, 3, 4), example(3, 7, 7, 5, 6)));

    assertEquals(2, batch.prefix());
    assertEquals(3, batch.length());
    assertArrayEquals(new int[] {7, 7, 1, 2, 3, 5, 0, 0}, batch.tokens());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 2, 3, 4}, batch.positions());
    assertArrayEquals(new int[] {3, 4, 5}, batch.predicting());
    assertArrayEquals(new int[] {3, 4, 6}, batch.targets());
  }

  @Test
  void everyExampleKeepsTheLastTokenOfItsPrompt() {
    var batch = Batch.of(List.of(example(3, 7, 7, 7, 8, 9), example(3, 7, 7, 7, 8, 8)));

    assertEquals(2, batch.prefix());
    assertArrayEquals(new int[] {2, 3, 4, 5}, batch.predicting());
    assertArrayEquals(new int[] {8, 9, 8, 8}, batch.targets());
  }

  @Test
  void oneExampleSharesNothing() {
    assertEquals(0, Batch.of(List.of(example(2, 1, 2, 3))).prefix());
  }

  @Test
  void anEpochHasEveryExampleOnceInBatchesOfAboutOneLength() {
    var random = new Random(3);
    var examples = new ArrayList<TokenisedExample>();
    for (int i = 0; i < 100; i++) {
      examples.add(new TokenisedExample(new int[10 + random.nextInt(90)], 5));
    }
    var batches = new Batches(examples, 400);
    var steps = batches.epoch(0, 3, 1);
    var seen = new HashSet<TokenisedExample>();
    for (var step : steps) {
      assertTrue(step.size() <= 3);
      for (var batch : step) {
        int longest = batch.stream().mapToInt(TokenisedExample::length).max().orElseThrow();
        int shortest = batch.stream().mapToInt(TokenisedExample::length).min().orElseThrow();
        assertTrue(longest * batch.size() <= 400);
        assertTrue(longest - shortest < 30);
        seen.addAll(batch);
      }
    }
    assertEquals(new HashSet<>(examples), seen);
    assertEquals(steps, batches.epoch(0, 3, 1));
    assertNotEquals(steps, batches.epoch(1, 3, 1));
    assertEquals(steps.size(), batches.epoch(1, 3, 1).size());
  }
}
