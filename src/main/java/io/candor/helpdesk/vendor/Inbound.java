package io.candor.helpdesk.vendor;

import java.time.Duration;
import java.time.Instant;

/** How a helpdesk tells us of its conversations. */
public sealed interface Inbound
    permits ZendeskInbound, ChatwootInbound, IntercomInbound, FreshdeskInbound, StandardInbound {
  /** What a test event says, so that nobody is answered. */
  String TEST_CONVERSATION = "candor-test";

  String TEST_QUESTION = "What are your opening hours?";

  /** Whether who knows the secret sent this, and not long ago. */
  boolean isAuthentic(Delivery delivery, Account account, String secret, Clocked now);

  /** What it tells; an IllegalArgumentException where it is malformed. */
  Event read(byte[] body, Account account, Instant received);

  /** A customer's message in {@link #TEST_CONVERSATION}, as the helpdesk would send it. */
  Delivery test(Account account, String secret, Instant now);

  /** An instant, and how far from it a signature's may be. */
  record Clocked(Instant now, Duration tolerance) {
    boolean allows(Instant signed) {
      return Duration.between(signed, now).abs().compareTo(tolerance) <= 0;
    }
  }
}
