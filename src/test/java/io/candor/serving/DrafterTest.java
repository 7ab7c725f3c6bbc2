package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrafterTest {
  private static final int[] PROMPT = {1, 2, 3, 4, 5, 9, 2, 3, 7, 8};

  @Test
  void whatFollowedTheLongestMatchIsDrafted() {
    assertArrayEquals(new int[] {4, 5, 9}, draft(3, 1, 2, 3));
    assertArrayEquals(new int[] {7, 8}, draft(3, 9, 2, 3));
  }

  @Test
  void ofEqualMatchesTheLatestCounts() {
    assertArrayEquals(new int[] {7}, draft(1, 6, 2, 3));
  }

  @Test
  void withoutAMatchNothingIsDrafted() {
    assertArrayEquals(new int[0], draft(5, 6, 6));
    assertArrayEquals(new int[0], draft(0, 1, 2, 3));
    assertArrayEquals(new int[0], draft(5, 7, 8));
  }

  @Test
  void whatIsExpectedOfADraftFollowsWhatWasSeen() {
    var seen = new DraftRecord();
    for (int i = 0; i < 50; i++) {
      seen.learn(2, 8, 0);
      seen.learn(20, 8, 8);
    }

    assertTrue(seen.first(2) < .1);
    assertTrue(seen.first(20) > .95);
    assertTrue(seen.next(20) > .95);
    assertTrue(seen.next(20) < 1);
    assertEquals(.6, seen.first(5), .01);
  }

  /** What is drafted after an answer of these tokens. */
  private int[] draft(int most, int... answer) {
    var text = Arrays.copyOf(PROMPT, PROMPT.length + answer.length + 20);
    System.arraycopy(answer, 0, text, PROMPT.length, answer.length);
    return Drafter.draft(PROMPT, text, PROMPT.length + answer.length, most).tokens();
  }
}
