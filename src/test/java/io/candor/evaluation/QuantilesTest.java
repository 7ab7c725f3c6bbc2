package io.candor.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void theyAreMeasuredValuesByNearestRank() {
    var millis = IntStream.rangeClosed(1, 200).mapToObj(i -> 201.0 - i).toList();
    assertEquals(new Quantiles(200, 100, 190, 198, 200), Quantiles.of(millis));
  }

  @Test
  void ofOneMeasurementAllAreIt() {
    assertEquals(new Quantiles(1, 7, 7, 7, 7), Quantiles.of(List.of(7.0)));
  }

  @Test
  void thereAreNoneOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> Quantiles.of(List.of()));
  }
}
