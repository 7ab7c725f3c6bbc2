package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.candor.serving.PrefixCache.Reuse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
  private static final AdapterSet BASE = AdapterSet.NONE;
  private static final AdapterSet ADAPTED =
      new AdapterSet(List.of(new AdapterSet.Scaled("formal", "unknown", 1)));

  private final PrefixCache cache = new PrefixCache(2);

  @Test
  void aContinuedTextGoesOnInItsSequence() {
    served(tokens(1, 10), BASE);

    assertEquals(new Reuse(0, 0, 10), cache.take(tokens(1, 20), 19, BASE));
  }

  @Test
  void aSharedBeginningIsCopiedAndTheOriginalStays() {
    served(tokens(1, 10), BASE);
    var other = tokens(1, 10);
    other[6] = 99;

    assertEquals(new Reuse(0, 1, 6), cache.take(other, 9, BASE));
    assertEquals(10, cache.length(0));
  }

  @Test
  void aSequenceInUseLendsItsBeginning() {
    var first = cache.take(tokens(1, 10), 9, BASE);
    cache.hold(first.target(), tokens(1, 10), 8);

    assertEquals(new Reuse(0, 1, 8), cache.take(tokens(1, 20), 19, BASE));
    assertFalse(cache.hasIdle());
  }

  @Test
  void fromWhereAPredictionIsNeededEverythingIsComputed() {
    served(tokens(1, 8), BASE);

    assertEquals(7, cache.take(tokens(1, 8), 7, BASE).length());
  }

  @Test
  void whatOtherAdaptersComputedIsOfNoUse() {
    served(tokens(1, 8), ADAPTED);

    assertEquals(0, cache.take(tokens(1, 8), 7, BASE).length());
  }

  @Test
  void anotherBeginningTakesTheSequenceUnusedForLongest() {
    served(tokens(1, 8), BASE);
    served(tokens(100, 8), BASE);
    served(tokens(1, 9), BASE);

    assertEquals(new Reuse(1, 1, 0), cache.take(tokens(500, 8), 7, BASE));
  }

  private void served(int[] text, AdapterSet adapters) {
    var reuse = cache.take(text, text.length - 1, adapters);
    cache.hold(reuse.target(), text, text.length);
    cache.release(reuse.target());
  }

  private static int[] tokens(int from, int count) {
    return IntStream.range(from, from + count).toArray();
  }
}
