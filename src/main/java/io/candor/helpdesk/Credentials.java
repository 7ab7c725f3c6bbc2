package io.candor.helpdesk;

import io.candor.helpdesk.wire.Secrets;

/**
 * What a channel keeps sealed.
 *
 * @param token for the helpdesk's API, empty where none is needed
 * @param secrets that sign deliveries
 */
record Credentials(String token, Secrets secrets) {}
