package io.candor.helpdesk;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a channel does with a customer's message. */
enum Mode {
  /** Replies where the confidence allows it, else drafts. */
  @JsonProperty("auto")
  AUTO,
  /** Writes a private note for the staff, never to the customer. */
  @JsonProperty("draft")
  DRAFT,
  /** Only keeps it. */
  @JsonProperty("off")
  OFF
}
