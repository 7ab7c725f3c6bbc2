package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrafterTest {
  private static final int[] PROMPT = {1, 2, 3, 4, 5, 9, 2, 3, 7, 8};

  private final Drafter drafter = new Drafter(PROMPT);

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
  void acceptanceFollowsWhatIsSeen() {
    double before = drafter.acceptance();
    for (int i = 0; i < 20; i++) {
      drafter.learn(8, 0);
    }
    assertTrue(drafter.acceptance() < .1 * before);
    for (int i = 0; i < 20; i++) {
      drafter.learn(8, 8);
    }
    assertEquals(1, drafter.acceptance(), .05);
    assertTrue(drafter.acceptance() < 1);
  }

  /** What is drafted after an answer of these tokens. */
  private int[] draft(int most, int... answer) {
    var text = Arrays.copyOf(PROMPT, PROMPT.length + answer.length + 20);
    System.arraycopy(answer, 0, text, PROMPT.length, answer.length);
    return drafter.draft(text, PROMPT.length + answer.length, most);
  }
}
