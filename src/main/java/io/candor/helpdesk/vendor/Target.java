package io.candor.helpdesk.vendor;

import java.time.Instant;

/**
 * Where a post belongs.
 *
 * @param conversation the helpdesk's id
 * @param message the customer's message before it, by the helpdesk's id
 * @param since no post of ours is older
 * @param key the post's own, the same however often it is tried
 */
public record Target(String conversation, String message, Instant since, String key) {}
