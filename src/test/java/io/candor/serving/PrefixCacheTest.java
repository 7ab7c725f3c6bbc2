package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
  private final PrefixCache cache = new PrefixCache(2, 4);

  @Test
  void onlyWholeBlocksAreReused() {
    cache.hold(0, tokens(1, 10), 10);

    assertEquals(new PrefixCache.Reuse(0, 8), cache.find(tokens(1, 20), 19));
    assertEquals(new PrefixCache.Reuse(0, 4), cache.find(tokens(1, 7), 6));
  }

  @Test
  void fromWhereAPredictionIsNeededEverythingIsComputed() {
    cache.hold(0, tokens(1, 8), 8);

    assertEquals(new PrefixCache.Reuse(0, 4), cache.find(tokens(1, 8), 7));
  }

  @Test
  void whatWasNotComputedYetIsNotReused() {
    cache.hold(0, tokens(1, 12), 4);

    assertEquals(new PrefixCache.Reuse(0, 4), cache.find(tokens(1, 12), 11));
  }

  @Test
  void anotherBeginningTakesTheSequenceUnusedForLongest() {
    cache.hold(0, tokens(1, 8), 8);
    cache.hold(1, tokens(100, 8), 8);
    cache.hold(0, tokens(1, 8), 8);

    assertEquals(new PrefixCache.Reuse(1, 0), cache.find(tokens(500, 8), 7));
  }

  private static int[] tokens(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }
}
