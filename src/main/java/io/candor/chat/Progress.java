package io.candor.chat;

import java.util.List;
import java.util.UUID;

/** What the pipeline tells its listener while it works; the answer itself is its result. */
sealed interface Progress {
  /** The message was taken; an answer of that id will follow. */
  record Accepted(UUID answerId, UUID conversationId) implements Progress {}

  /** A stage begins. */
  record Status(String stage) implements Progress {}

  /** A verified sentence, in order, never taken back. */
  record Sentence(int index, String text, List<Integer> citations) implements Progress {}
}
