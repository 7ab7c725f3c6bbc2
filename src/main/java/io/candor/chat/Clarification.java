package io.candor.chat;

import io.candor.retrieval.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of several documents a question is about, where it says too little to tell: asked of the
 * customer, whose next message is understood as the answer.
 *
 * @param options the documents' titles, the likeliest first; none where nothing was near
 */
record Clarification(List<String> options) {
  private static final int MOST_OPTIONS = 3;
  private static final int STEM = 4;

  /** Documents whose best passage is nearer than this to the question's, in cosine similarity. */
  private static final double NEAR = 0.05;

  private static final Pattern OPTION = Pattern.compile("“([^”]+)”");
  private static final List<Pattern> ORDINALS =
      List.of(
          Pattern.compile("\\b(first|1st|former|1)\\b"),
          Pattern.compile("\\b(second|2nd|2)\\b"),
          Pattern.compile("\\b(third|3rd|last|latter|3)\\b"));
  private static final int WORDS_OF_A_CHOICE = 3;

  Clarification {
    options = List.copyOf(options);
  }

  /** Whether it has anything to offer. */
  boolean hasOptions() {
    return !options.isEmpty();
  }

  /**
   * What to ask about a question that stands alone; empty where it says enough, or where one
   * document is clearly nearer than the others or all of them say the same.
   */
  static Optional<Clarification> of(String question, List<Hit> hits) {
    var content = new HashSet<>(Wording.content(question));
    var dangling =
        Wording.refersBack(question) && Wording.content(Wording.beforePronoun(question)).isEmpty();
    if (content.isEmpty() && (dangling || Wording.words(question).size() > 2)) {
      return Optional.of(new Clarification(List.of()));
    }
    if (content.size() > (dangling ? 2 : 1) || !Wording.names(question).isEmpty()) {
      return Optional.empty();
    }
    var rivals = about(content, near(hits));
    return rivals.size() < 2 && dangling
        ? Optional.of(new Clarification(List.of()))
        : between(rivals);
  }

  /** What to ask where the evidence answers for several things, and the question names none. */
  static Optional<Clarification> between(List<String> rivals) {
    return rivals.size() < 2
        ? Optional.empty()
        : Optional.of(new Clarification(rivals.subList(0, Math.min(MOST_OPTIONS, rivals.size()))));
  }

  /**
   * The titles that name what is asked about, if any does. One that begins with it covers it as a
   * whole: beside "Returns and exchanges", "Holiday returns" is a special case, not a rival.
   */
  private static List<String> about(Set<String> asked, List<String> titles) {
    var named = titles.stream().filter(title -> anyIn(Wording.content(title), asked)).toList();
    var whole =
        named.stream().filter(title -> anyIn(Wording.content(title).subList(0, 1), asked)).toList();
    return !whole.isEmpty() ? whole : !named.isEmpty() ? named : titles;
  }

  private static boolean anyIn(List<String> words, Set<String> asked) {
    return words.stream().anyMatch(word -> asked.stream().anyMatch(other -> alike(word, other)));
  }

  /** "Return" and "returns", "cancel" and "cancelling". */
  private static boolean alike(String one, String other) {
    return Math.min(one.length(), other.length()) >= STEM
        && (one.startsWith(other) || other.startsWith(one));
  }

  /** A digest of a policy, such as an FAQ page, does not make its subject two. */
  private static List<String> near(List<Hit> hits) {
    if (hits.isEmpty()) {
      return List.of();
    }
    var best = hits.stream().max(Comparator.comparingDouble(Hit::vectorScore)).get();
    var titles = new ArrayList<String>();
    for (var hit : hits) {
      if (hit.vectorScore() > best.vectorScore() - NEAR
          && hit.kind().equals(best.kind())
          && titles.stream().noneMatch(title -> same(title, hit.title()))) {
        titles.add(hit.title());
      }
    }
    return titles;
  }

  /** Two titles are the same choice where one has all the other's words. */
  private static boolean same(String one, String other) {
    var words = new HashSet<>(Wording.content(one));
    var others = new HashSet<>(Wording.content(other));
    return words.containsAll(others) || others.containsAll(words);
  }

  /** The question to the customer. */
  String text() {
    if (options.isEmpty()) {
      return "I am not sure what you mean. Could you say it in a few more words?";
    }
    var quoted = options.stream().map("“%s”"::formatted).toList();
    var all = String.join(", ", quoted.subList(0, quoted.size() - 1));
    return "Which of these do you mean: %s or %s?".formatted(all, quoted.getLast());
  }

  /** The option of that turn's clarifying question which a message picks, if it does. */
  static Optional<String> choice(String message, Conversations.Turn turn) {
    if (!turn.outcome().equals(Outcome.CLARIFY.toString())) {
      return Optional.empty();
    }
    var options = OPTION.matcher(turn.reply()).results().map(option -> option.group(1)).toList();
    var text = Wording.plain(message);
    if (Wording.content(message).size() <= WORDS_OF_A_CHOICE) {
      for (int i = 0; i < options.size(); i++) {
        if (ORDINALS.get(i).matcher(text).find()) {
          return Optional.of(options.get(i));
        }
      }
    }
    var said = new HashSet<>(Wording.content(message));
    return options.stream()
        .filter(
            option -> !said.isEmpty() && new HashSet<>(Wording.content(option)).containsAll(said))
        .findFirst();
  }
}
