package io.candor.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
  @Test
  void aUsersManyRequestsDoNotStandBeforeAnothersFirst() {
    var line = new WaitingLine(20);
    for (int i = 0; i < 10; i++) {
      line.offer(request("busy"));
    }
    line.offer(request("calm"));
    line.offer(request("quiet"));

    assertEquals(List.of("busy", "calm", "quiet", "busy", "busy"), served(line, 5));
  }

  @Test
  void usersTakeTurnsWhileEachHasRequests() {
    var line = new WaitingLine(20);
    for (var user : List.of("a", "a", "a", "b", "b", "b")) {
      line.offer(request(user));
    }

    assertEquals(List.of("a", "b", "a", "b", "a", "b"), served(line, 6));
  }

  /** The users of the next requests, all of which go on running. */
  private static List<String> served(WaitingLine line, int count) {
    var running = new HashMap<String, Integer>();
    var users = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var user = line.poll(name -> running.getOrDefault(name, 0)).orElseThrow().user();
      running.merge(user, 1, Integer::sum);
      users.add(user);
    }
    return users;
  }

  @Test
  void amongAUsersRequestsTheFirstToComeIsNext() {
    var line = new WaitingLine(2);
    var first = request("a");
    line.offer(first);
    line.offer(request("a"));

    assertSame(first, line.poll(_ -> 0).orElseThrow());
  }

  @Test
  void aFullLineTakesNobodyUntilSomebodyGivesUp() {
    var line = new WaitingLine(2);
    var impatient = request("a");
    line.offer(impatient);
    line.offer(request("a"));

    assertFalse(line.offer(request("b")));
    impatient.cancel();
    assertTrue(line.offer(request("b")));
    assertEquals(2, line.size());
  }

  @Test
  void theTimeToWaitFollowsFromWhatRequestsTookLately() {
    var meter = new EngineMeter();
    assertEquals(Duration.ofSeconds(1), meter.wait(100, 1)); // nothing is known

    meter.finished(Duration.ofSeconds(3).toNanos());
    assertEquals(Duration.ofSeconds(12), meter.wait(32, 8));
    assertEquals(Duration.ofSeconds(1), meter.wait(1, 8));

    for (int i = 0; i < 40; i++) {
      meter.finished(Duration.ofSeconds(6).toNanos());
    }
    assertEquals(Duration.ofSeconds(24), meter.wait(32, 8));
  }

  private static LlamaGeneration request(String user) {
    return new LlamaGeneration(
        "model",
        new int[] {1},
        1,
        Sampling.GREEDY,
        List.of(),
        user,
        AdapterSet.NONE,
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {}

          @Override
          public void onError(Throwable error) {}
        });
  }
}
