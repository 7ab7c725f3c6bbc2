package io.candor.helpdesk.vendor;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a delivery tells, whichever helpdesk sent it. */
public sealed interface Event {
  int LONGEST_ID = 200;

  /** Only asks whether we are there. */
  record Ping() implements Event {}

  /** Something that happened in a conversation. */
  sealed interface InConversation extends Event {
    Place place();
  }

  /**
   * Where and when it happened.
   *
   * @param delivery the same for every repeat, and covered by the signature
   * @param conversation the helpdesk's id of the conversation
   */
  record Place(String delivery, String conversation, Instant at) {
    public Place {
      requireId(delivery);
      requireId(conversation);
    }
  }

  /**
   * A customer wrote.
   *
   * @param message the helpdesk's id of the message, the same in every event about it
   * @param text plain, without the mail that it answers
   * @param source how it reached the helpdesk, such as email
   * @param automatic whether its headers say that no person wrote it
   * @param ours whether the helpdesk says that the conversation is the bot's, where it can say so
   */
  record Said(
      Place place,
      String message,
      String text,
      String source,
      Set<String> tags,
      Optional<String> language,
      boolean automatic,
      Optional<Boolean> ours)
      implements InConversation {
    public Said {
      requireId(message);
      tags = Set.copyOf(tags);
    }
  }

  /** A person of the company's wrote to the customer. */
  record StaffSaid(Place place) implements InConversation {}

  /** The conversation is the bot's again. */
  record GivenBack(Place place) implements InConversation {}

  /** Nothing to act on. */
  record Nothing(Place place, String reason) implements InConversation {}

  private static void requireId(String id) {
    if (id.isBlank() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException("an id has 1 to %d characters".formatted(LONGEST_ID));
    }
  }
}
