package io.candor.serving;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a tenant's answers are said with: the adapters of most conversations, and those of a share
 * of them, the canary. {@link AdapterRegistry} keeps every one that was set.
 *
 * @param set when, by whom and how; empty for a tenant whose voice nobody ever set
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TenantVoice(
    @JsonUnwrapped AdapterSet active, Optional<Canary> canary, Optional<Change> set) {
  static final TenantVoice BASE =
      new TenantVoice(AdapterSet.NONE, Optional.empty(), Optional.empty());

  /**
   * Adapters that are tried on a part of the conversations.
   *
   * @param share of new conversations, above 0 and below 1
   */
  public record Canary(@JsonUnwrapped AdapterSet candidate, double share) {
    private static final double SPAN = Math.pow(2, 32);

    public Canary {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            "the canary's share is above 0 and below 1, not " + share);
      }
    }

    /** The same conversation gives the same on every replica; more do with a greater share. */
    boolean hears(UUID conversation) {
      return position(conversation) < share;
    }

    /** From 0 to 1, evenly. */
    private static double position(UUID conversation) {
      try {
        var digest =
            MessageDigest.getInstance("SHA-256")
                .digest(conversation.toString().getBytes(StandardCharsets.US_ASCII));
        return new BigInteger(1, digest, 0, Integer.BYTES).longValueExact() / SPAN;
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /**
   * How it came about.
   *
   * @param kind set or rollback
   * @param by the API key's id
   * @param previous the number that a rollback goes to; empty for the base's own voice
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Change(
      long number, String kind, Instant at, String by, @JsonIgnore Optional<Long> previous) {}

  /** What a conversation that begins now hears. */
  public AdapterSet of(UUID conversation) {
    return canary.filter(tried -> tried.hears(conversation)).map(Canary::candidate).orElse(active);
  }

  /** Whether everybody hears the base model's own voice. */
  @JsonIgnore
  boolean isBase() {
    return active.equals(AdapterSet.NONE) && canary.isEmpty();
  }

  /** The adapters that some conversation hears from now on. */
  Set<String> names() {
    var names = new LinkedHashSet<>(active.names());
    canary.ifPresent(tried -> names.addAll(tried.candidate().names()));
    return names;
  }
}
