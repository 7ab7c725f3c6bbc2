package io.candor.serving;

import java.time.Instant;

/**
 * An adapter that a tenant has.
 *
 * @param sha256 of its file, in lower-case hex
 * @param architecture of the base that it was trained for
 * @param weights how many of the base's weights it changes
 * @param bytes of its file
 */
public record StoredAdapter(
    String name,
    String sha256,
    String architecture,
    int rank,
    int weights,
    long bytes,
    Instant recordedAt) {}
