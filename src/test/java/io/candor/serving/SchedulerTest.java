package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.Scheduler.Member;
import io.candor.serving.Scheduler.Step;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  /** Weights are read once, whatever the number of rows. */
  private static final IntToDoubleFunction FLAT = rows -> 20;

  /** As measured with 16-bit weights: tiles of six rows. */
  private static final IntToDoubleFunction TILES =
      rows -> rows == 1 ? 10 : rows <= 6 ? 18 + 2 * rows : 30 * Math.ceil(rows / 6.0);

  /** As measured with 8-bit weights: few rows together are slower than one after the other. */
  private static final IntToDoubleFunction SINGLES = rows -> rows == 1 ? 7 : 25 + 2 * rows;

  @Test
  void allAnswersAdvanceInOneStepWhereThatCostsNoMore() {
    assertEquals(List.of(new Step(members(8), 1)), new Scheduler(1).round(members(8), FLAT));
  }

  @Test
  void widthsFollowTheTimesMeasured() {
    var steps = new Scheduler(2).round(members(8), TILES);

    assertEquals(List.of(6, 2), steps.stream().map(Step::width).sorted((a, b) -> b - a).toList());
  }

  @Test
  void fewAnswersGoOneByOneWhereThatIsFaster() {
    assertEquals(3, new Scheduler(1).round(members(3), SINGLES).size());
    assertEquals(1, new Scheduler(1).round(members(8), SINGLES).size());
  }

  @Test
  void everyAnswerAdvancesOnceWhateverTheTimes() {
    for (int count = 0; count <= 8; count++) {
      var advanced =
          new Scheduler(2)
              .round(members(count), TILES).stream().flatMap(s -> s.members().stream()).toList();

      assertEquals(members(count), advanced);
    }
  }

  @Test
  void aLoneAnswerIsFilledUpToTheFewestRows() {
    assertEquals(List.of(new Step(members(1), 2)), new Scheduler(2).round(members(1), FLAT));
  }

  @Test
  void aGapBetweenAnswersIsFilledOnlyWhereThatIsFaster() {
    var far = List.of(new Member(0, 0, .5, .5), new Member(40, 0, .5, .5));

    assertEquals(1, new Scheduler(1).round(far, FLAT).size());
    assertEquals(2, new Scheduler(1).round(far, rows -> rows).size());
  }

  @Test
  void aDraftIsVerifiedAsFarAsItPays() {
    assertEquals(1, rowsFor(new Member(0, 31, .1, .1), SINGLES));
    assertTrue(rowsFor(new Member(0, 31, .95, .95), SINGLES) >= 12);
    assertTrue(rowsFor(new Member(0, 31, .95, .95), TILES) >= 6);
    assertEquals(1, rowsFor(new Member(0, 0, .95, .95), SINGLES));
    assertTrue(rowsFor(new Member(0, 5, .95, .95), FLAT) <= 6);
  }

  private static int rowsFor(Member member, IntToDoubleFunction nanos) {
    return new Scheduler(1).round(List.of(member), nanos).getFirst().rows();
  }

  private static List<Member> members(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Member(i, 0, .5, .5)).toList();
  }
}
