package io.candor.helpdesk.webhook;

import io.candor.helpdesk.wire.Secrets;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An address to which a tenant's events are sent.
 *
 * @param types of the events that it wants
 * @param disabled why nothing is sent any more, if nothing is
 */
record Endpoint(
    UUID id, UUID tenant, URI url, List<String> types, Secrets secrets, Optional<String> disabled) {
  /** The events that there are. */
  static final List<String> TYPES =
      List.of(
          "answer.created",
          "conversation.handed_off",
          "document.applied",
          "answer.affected",
          "feedback.received");

  Endpoint {
    types = List.copyOf(types);
    if (types.isEmpty() || !TYPES.containsAll(types)) {
      throw new IllegalArgumentException("'types' are some of " + String.join(", ", TYPES));
    }
  }
}
