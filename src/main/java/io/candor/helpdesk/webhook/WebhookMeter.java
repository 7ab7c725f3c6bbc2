package io.candor.helpdesk.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.stream.Stream;

/** Counts what was sent to endpoints. */
@ApplicationScoped
class WebhookMeter {
  private final MeterRegistry registry;

  WebhookMeter(MeterRegistry registry) {
    this.registry = registry;
    Stream.of(Sent.values()).forEach(sent -> count(sent, 0));
  }

  /**
   * Arrived, to be tried again, given up after the last attempt, or kept from a disabled endpoint.
   */
  enum Sent {
    DELIVERED,
    POSTPONED,
    FAILED,
    DISABLED
  }

  void count(Sent sent) {
    count(sent, 1);
  }

  private void count(Sent sent, int times) {
    registry
        .counter("candor.webhook.deliveries", "result", sent.name().toLowerCase(Locale.ROOT))
        .increment(times);
  }
}
