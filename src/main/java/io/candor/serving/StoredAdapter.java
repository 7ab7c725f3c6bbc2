package io.candor.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * An adapter that a tenant has: a version of its voice.
 *
 * @param sha256 of its file, in lower-case hex
 * @param architecture of the base that it was trained for
 * @param weights how many of the base's weights it changes
 * @param bytes of its file
 * @param base the SHA-256 of the base that it was trained on, where its training is known
 * @param dataset the SHA-256 of what it was trained with, where its training is known
 * @param passed whether it passed the gate, where it was there
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StoredAdapter(
    String name,
    String sha256,
    String architecture,
    int rank,
    int weights,
    long bytes,
    Instant recordedAt,
    Optional<String> base,
    Optional<String> dataset,
    Optional<Boolean> passed) {}
