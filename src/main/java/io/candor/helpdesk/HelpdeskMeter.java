package io.candor.helpdesk;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Counts what comes from helpdesks and what goes to them. Labels have a few fixed values, and every
 * series is there from the start.
 */
@ApplicationScoped
class HelpdeskMeter {
  private final MeterRegistry registry;

  HelpdeskMeter(MeterRegistry registry) {
    this.registry = registry;
    Stream.of(Delivered.values()).forEach(delivered -> count(delivered, 0));
    Stream.of(Reply.values()).forEach(reply -> count(reply, 0));
    Stream.of(HandoffReason.values()).forEach(reason -> count(reason, 0));
  }

  /** What was said to a delivery. */
  enum Delivered {
    ACCEPTED,
    DUPLICATE,
    PING,
    FORGED,
    MALFORMED,
    TOO_LARGE,
    UNKNOWN_CHANNEL
  }

  /** What became of a reply: sent to the customer, left for an agent, or given up. */
  enum Reply {
    SENT,
    DRAFTED,
    FAILED
  }

  void count(Receipt receipt) {
    count(
        switch (receipt) {
          case Receipt.Stored() -> Delivered.ACCEPTED;
          case Receipt.Repeated() -> Delivered.DUPLICATE;
          case Receipt.Pong() -> Delivered.PING;
          case Receipt.Forged() -> Delivered.FORGED;
          case Receipt.Malformed _ -> Delivered.MALFORMED;
          case Receipt.Unknown() -> Delivered.UNKNOWN_CHANNEL;
        });
  }

  void count(Delivered delivered) {
    count(delivered, 1);
  }

  void failed() {
    count(Reply.FAILED, 1);
  }

  /** A plan that was carried out. */
  void count(Plan plan) {
    plan.handOff().ifPresent(reason -> count(reason, 1));
    switch (plan.result()) {
      case Plan.REPLIED -> count(Reply.SENT, 1);
      case Plan.DRAFTED -> count(Reply.DRAFTED, 1);
      default -> {} // nothing was answered
    }
  }

  private void count(Delivered delivered, int times) {
    count("candor.helpdesk.deliveries", "result", delivered, times);
  }

  private void count(Reply reply, int times) {
    count("candor.helpdesk.replies", "result", reply, times);
  }

  private void count(HandoffReason reason, int times) {
    count("candor.helpdesk.handoffs", "reason", reason, times);
  }

  private void count(String name, String label, Enum<?> value, int times) {
    registry.counter(name, label, value.name().toLowerCase(Locale.ROOT)).increment(times);
  }
}
