package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Post;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to be done about a delivery. It is stored before any of it is done, so that a crash
 * changes none of its words.
 *
 * @param result what it comes to, in a word
 * @param posts in order
 * @param handOff why the bot is silent from now on, if it is
 * @param conversation the chat's id of the conversation, once it has one
 * @param givenBack whether the bot may speak again
 */
record Plan(
    String result,
    List<Post> posts,
    Optional<HandoffReason> handOff,
    Optional<UUID> conversation,
    boolean givenBack) {
  /** The results of a plan that answers. */
  static final String REPLIED = "replied";

  static final String DRAFTED = "drafted";

  Plan {
    posts = List.copyOf(posts);
  }

  /** Nothing is done. */
  static Plan ignore(String why) {
    return new Plan(why, List.of(), Optional.empty(), Optional.empty(), false);
  }

  static Plan giveBack() {
    return new Plan("given_back", List.of(), Optional.empty(), Optional.empty(), true);
  }

  /** A person has taken over by themselves. */
  static Plan stepAside() {
    return new Plan(
        "with_a_person",
        List.of(),
        Optional.of(HandoffReason.STAFF_REPLIED),
        Optional.empty(),
        false);
  }

  static Plan of(String result, List<Post> posts, Optional<UUID> conversation) {
    return new Plan(result, posts, Optional.empty(), conversation, false);
  }

  static Plan handOff(HandoffReason reason, List<Post> posts, Optional<UUID> conversation) {
    return new Plan("handed_off", posts, Optional.of(reason), conversation, false);
  }

  Plan afterGivenBack() {
    return new Plan(result, posts, handOff, conversation, true);
  }
}
