package io.candor.helpdesk;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery that is worked on.
 *
 * @param plan what is to be done; none while that is open
 * @param posted how many of the plan's posts are known to have arrived
 * @param attempts how often the next was tried before
 */
record Task(
    UUID id,
    byte[] body,
    Instant receivedAt,
    Instant dueAt,
    Optional<Plan> plan,
    int posted,
    int attempts) {}
