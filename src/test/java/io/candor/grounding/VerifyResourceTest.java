package io.candor.grounding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.candor.grounding.VerifyResource.Request;
import io.candor.grounding.VerifyResource.Sentence;
import io.candor.grounding.VerifyResource.Source;
import jakarta.ws.rs.BadRequestException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VerifyResourceTest {
  private static final Sentence SENTENCE = new Sentence("Returns are free.", List.of(1));
  private static final Source SOURCE = new Source(1, "Returns cost nothing.");
  private final VerifyResource resource = new VerifyResource(Verifiers.SHIPPED);

  @Test
  void verdictsAndKindsAreLowerCaseAndInOrder() {
    var wrong = new Sentence("Shoes can be returned within 60 days.", null);
    var passages = List.of(SOURCE, new Source(2, "Shoes can be returned within 30 days."));
    var judged = resource.verify(new Request(List.of(SENTENCE, wrong), passages)).sentences();
    assertEquals("supported", judged.get(0).verdict());
    assertEquals("contradicted", judged.get(1).verdict());
    assertEquals(
        List.of(new VerifyResource.Found("number", "60 days", "30 days")),
        judged.get(1).findings());
  }

  @TestFactory
  Stream<DynamicTest> malformedRequestsAreRefusedWithTheReason() {
    return Stream.of(
        refused("required", null),
        refused("sentences must", new Request(null, List.of(SOURCE))),
        refused("sentences must", new Request(List.of(), List.of(SOURCE))),
        refused("passages must", new Request(List.of(SENTENCE), null)),
        refused("null", new Request(Collections.singletonList(null), List.of(SOURCE))),
        refused("null", new Request(List.of(SENTENCE), Collections.singletonList(null))),
        refused("at most 100", new Request(Collections.nCopies(101, SENTENCE), List.of(SOURCE))),
        refused("no text", new Request(List.of(new Sentence(" ", null)), List.of(SOURCE))),
        refused("no text", new Request(List.of(SENTENCE), List.of(new Source(1, "")))),
        refused("number n", new Request(List.of(SENTENCE), List.of(new Source(null, "x")))),
        refused("used twice", new Request(List.of(SENTENCE), List.of(SOURCE, SOURCE))),
        refused("names no passage", request("Free.", List.of(2))),
        refused("given twice", request("Free.", List.of(1, 1))),
        refused("is null", request("Free.", Arrays.asList((Integer) null))),
        refused("longer than 2000", request("x".repeat(2001), List.of())),
        refused(
            "longer than 20000",
            new Request(List.of(SENTENCE), List.of(new Source(1, "x".repeat(20_001))))));
  }

  private static Request request(String text, List<Integer> citations) {
    return new Request(List.of(new Sentence(text, citations)), List.of(SOURCE));
  }

  private DynamicTest refused(String reason, Request request) {
    return DynamicTest.dynamicTest(
        reason,
        () -> {
          var e = assertThrows(BadRequestException.class, () -> resource.verify(request));
          assertEquals(true, e.getMessage().contains(reason), e.getMessage());
        });
  }
}
