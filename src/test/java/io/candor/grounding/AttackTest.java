package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Sentences made to pass for what the evidence says. */
class AttackTest {
  @TestFactory
  Stream<DynamicTest> sentencesThatLookSupportedAreSeenThrough() {
    return LabelledPairs.read("attacks.txt").pairs().stream()
        .map(pair ->
            DynamicTest.dynamicTest(
                pair.claim() + " | " + pair.evidence(),
                () -> assertTrue(pair.judgedRightly(), () -> pair.judgement().toString())));
  }
}
