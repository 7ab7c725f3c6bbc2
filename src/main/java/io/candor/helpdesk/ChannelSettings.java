package io.candor.helpdesk;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a channel behaves, as its operator sets it and the database keeps it.
 *
 * @param account the account's settings at the helpdesk, by name
 * @param confidence the least probability that the evidence answers the question at which a reply
 *     goes to the customer unread
 * @param sources whether replies end with the documents that they cite
 * @param handOverMessage what a customer is told who is handed over
 */
record ChannelSettings(
    Map<String, String> account,
    Double confidence,
    Boolean sources,
    List<Rule> rules,
    Optional<BusinessHours> businessHours,
    String handOverMessage) {
  private static final double CAREFUL = 0.7;
  private static final String HAND_OVER =
      "I am passing this conversation to a colleague, who will read it and reply here.";

  ChannelSettings {
    account = account == null ? Map.of() : Map.copyOf(account);
    confidence = confidence == null ? CAREFUL : confidence;
    sources = sources == null || sources;
    rules = rules == null ? List.of() : List.copyOf(rules);
    businessHours = businessHours == null ? Optional.empty() : businessHours;
    handOverMessage = handOverMessage == null ? HAND_OVER : handOverMessage;
    if (confidence < 0 || confidence > 1) {
      throw new IllegalArgumentException("'confidence' is between 0 and 1, not " + confidence);
    }
  }
}
