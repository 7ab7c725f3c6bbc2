package io.candor.helpdesk;

import io.candor.chat.Answer;
import io.candor.chat.ChannelChat;
import java.util.Locale;
import java.util.stream.Collectors;

/** An answer's words as they are posted. */
final class ReplyText {
  private ReplyText() {}

  /** For the customer: the text, and below it the pages that it cites. */
  static String reply(Answer answer, boolean sources) {
    return !sources || answer.citations().isEmpty()
        ? answer.text()
        : answer.text()
            + "\n\n"
            + answer.citations().stream()
                .map(ReplyText::source)
                .distinct()
                .collect(Collectors.joining("\n"));
  }

  private static String source(Answer.Citation citation) {
    var url = citation.url() == null ? "" : " " + citation.url();
    return "[%d] %s%s".formatted(citation.n(), citation.title(), url);
  }

  /** For a colleague: what could be replied, and what each sentence stands on. */
  static String draft(ChannelChat.Result result) {
    var answer = result.answer();
    return """
    Candor suggests this reply (confidence %s):

    %s%s\
    """
        .formatted(percent(result.confidence()), answer.text(), citations(answer));
  }

  /** Each citation with the words that it quotes; empty where there is none. */
  static String citations(Answer answer) {
    return answer.citations().isEmpty()
        ? ""
        : answer.citations().stream()
            .map(citation ->
                "[%d] %s (%s, version %d): “%s”"
                    .formatted(
                        citation.n(),
                        citation.title(),
                        citation.document(),
                        citation.version(),
                        citation.quote().strip()))
            .collect(Collectors.joining("\n", "\n\nFrom the documents:\n", ""));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
