package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  @Test
  void noMoreRunThanAllowedAndFinishWaitsForAll() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new AtomicInteger();
    try (var tasks = new AtOnce(3)) {
      for (int i = 0; i < 20; i++) {
        tasks.run(() -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.sleep(5);
          running.decrementAndGet();
          done.incrementAndGet();
        });
      }
      tasks.finish();
    }
    assertEquals(20, done.get());
    assertTrue(most.get() <= 3, most::toString);
  }

  @Test
  void afterOneThatFailsNoneIsBegun() throws Exception {
    var failed = new CountDownLatch(1);
    try (var tasks = new AtOnce(1)) {
      tasks.run(() -> {
        failed.countDown();
        throw new IOException("the server is gone");
      });
      failed.await();
      var thrown = assertThrows(IOException.class, () -> tasks.run(() -> {}));
      assertEquals("the server is gone", thrown.getMessage());
    }
  }
}
