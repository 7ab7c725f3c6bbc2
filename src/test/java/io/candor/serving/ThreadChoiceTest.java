package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class ThreadChoiceTest {
  private static final IntToLongFunction IDLE = threads -> threads == 1 ? 18 : 10;
  private static final IntToLongFunction BUSY = threads -> threads == 1 ? 60 : 1400;

  private final ThreadChoice choice = new ThreadChoice(2);

  @Test
  void anIdleMachineUsesAllThreadsAlmostAlways() {
    assertTrue(stepsWithOneThread(1000, IDLE) < 10);
  }

  @Test
  void aBusyMachineUsesOneThreadAlmostAlways() {
    assertTrue(stepsWithOneThread(1000, BUSY) > 990);
  }

  @Test
  void aMachineThatBecomesBusyIsNoticedAtOnceAndOneThatBecomesIdleSoon() {
    stepsWithOneThread(200, IDLE);
    assertTrue(stepsWithOneThread(100, BUSY) > 95);
    stepsWithOneThread(4 * ThreadChoice.FIRST_INTERVAL, IDLE);
    assertEquals(0, stepsWithOneThread(20, IDLE));
  }

  @Test
  void oneThreadIsNotAChoice() {
    var single = new ThreadChoice(1);
    single.took(single.next(), 10);

    assertEquals(1, single.next());
    assertEquals(10, single.fastest());
  }

  private int stepsWithOneThread(int steps, IntToLongFunction nanos) {
    int one = 0;
    for (int i = 0; i < steps; i++) {
      int threads = choice.next();
      one += threads == 1 ? 1 : 0;
      choice.took(threads, nanos.applyAsLong(threads));
    }
    return one;
  }
}
