package io.candor.helpdesk;

import io.candor.chat.Answer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a colleague should ask next: what the answer itself asks back, or else the first condition
 * in the cited words of which the customer has said nothing, in the policy's own words.
 */
final class NextQuestion {
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\b(?:if|unless|provided that|as long as|only when|except (?:when|if|for))\\b"
              + "[^,.;:!?()]{8,140}",
          Pattern.CASE_INSENSITIVE);

  /** A word this long says what a condition is about. */
  private static final int TELLING = 5;

  private NextQuestion() {}

  static Optional<String> after(Answer answer, String conversation) {
    return answer.outcome().equals("clarify")
        ? Optional.of(answer.text())
        : answer.citations().stream()
            .flatMap(citation -> CONDITION.matcher(citation.quote()).results())
            .map(condition -> condition.group().strip().replaceAll("\\s+", " "))
            .filter(condition -> isOpen(condition, WholeWords.plain(conversation)))
            .findFirst()
            .map("Does this apply to you: “%s”?"::formatted);
  }

  /** Whether most of what it is about was not mentioned. */
  private static boolean isOpen(String condition, String conversation) {
    var telling =
        Arrays.stream(WholeWords.plain(condition).strip().split(" "))
            .filter(word -> word.length() >= TELLING)
            .toList();
    long mentioned = telling.stream().filter(word -> conversation.contains(" " + word)).count();
    return !telling.isEmpty() && mentioned * 2 < telling.size();
  }
}
