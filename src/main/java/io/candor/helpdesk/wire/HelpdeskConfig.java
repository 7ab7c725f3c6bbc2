package io.candor.helpdesk.wire;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How helpdesks and webhooks are served. */
@ConfigMapping(prefix = "candor.helpdesk")
public interface HelpdeskConfig {
  /**
   * Seals signing secrets and API tokens: 32 random bytes in base64. Without it there are no
   * channels and no webhooks.
   */
  Optional<String> key();

  /** Keys of before, which still open what they sealed. */
  Optional<List<String>> formerKeys();

  /** Hosts that may be called although their addresses are not public, such as one's own. */
  Optional<Set<String>> privateHosts();

  /** The largest delivery that is read. */
  @WithDefault("512K")
  MemorySize largestDelivery();

  /** How far a signature's time may be from ours. */
  @WithDefault("5M")
  Duration tolerance();

  /** How long a rotated secret is still good. */
  @WithDefault("24H")
  Duration rotation();

  /** A message older than this when it comes in is an import, and not answered. */
  @WithDefault("24H")
  Duration oldest();

  /** How long a message waits for one sent before it that comes in after it. */
  @WithDefault("0.3S")
  Duration settle();

  /** Conversations worked on at once. */
  @WithDefault("2")
  int workers();

  /** How long an idle worker sleeps, unless a delivery comes in here. */
  @WithDefault("0.5S")
  Duration idle();

  /** How long a helpdesk may take over a request. */
  @WithDefault("10S")
  Duration timeout();

  /** The first pause before a request to a helpdesk is tried again; each next is twice as long. */
  @WithDefault("1S")
  Duration firstPause();

  /** The longest pause. */
  @WithDefault("5M")
  Duration longestPause();

  /** How often a request is tried in all before a message counts as failed. */
  @WithDefault("20")
  int attempts();

  /** Failures in a row after which a helpdesk is left alone. */
  @WithDefault("10")
  int circuitFailures();

  /** For how long. */
  @WithDefault("30S")
  Duration circuitPause();

  /** Answers in one conversation within {@link #loopWindow()} that look like two bots talking. */
  @WithDefault("6")
  int loopAnswers();

  /** See {@link #loopAnswers()}. */
  @WithDefault("10M")
  Duration loopWindow();

  /**
   * How long the words of what was answered, and of what webhooks told, are kept: long enough to
   * look into a complaint, and no longer, for they are customers' words. Ids stay.
   */
  @WithDefault("30D")
  Duration retention();

  /** How often webhooks that are due are looked for. */
  @WithDefault("1S")
  Duration webhookIdle();
}
