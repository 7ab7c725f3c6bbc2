package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.candor.serving.TenantVoice.Canary;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryTest {
  private static final List<UUID> CONVERSATIONS =
      IntStream.range(0, 10_000).mapToObj(i -> new UUID(17, i)).toList();

  private static List<UUID> hearing(double share) {
    var canary = new Canary(AdapterSet.NONE, share);
    return CONVERSATIONS.stream().filter(canary::hears).toList();
  }

  @Test
  void aShareOfTheConversationsHearsIt() {
    assertEquals(1_000, hearing(0.1).size(), 100);
    assertEquals(5_000, hearing(0.5).size(), 200);
  }

  @Test
  void whoHearsItStillDoesWhenTheShareGrows() {
    assertTrue(hearing(0.5).containsAll(hearing(0.1)));
  }

  @Test
  void aShareOfNobodyOrOfEverybodyIsNoCanary() {
    assertThrows(IllegalArgumentException.class, () -> new Canary(AdapterSet.NONE, 0));
    assertThrows(IllegalArgumentException.class, () -> new Canary(AdapterSet.NONE, 1));
  }
}
