package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  @Test
  void eventsAreHandedOnInOrderAndCommentsAreNot() {
    List<String> seen = new ArrayList<>();
    EventStream stream = new EventStream((name, data) -> seen.add(name + " " + data));
    """
    : keep-alive

    event: sentence
    data: {"text":
    data: "Yes."}

    event:final
    data:{}

    """
        .lines()
        .forEach(stream::line);
    assertEquals(List.of("sentence {\"text\":\"Yes.\"}", "final {}"), seen);
  }
}
