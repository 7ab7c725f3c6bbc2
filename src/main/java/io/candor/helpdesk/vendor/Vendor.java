package io.candor.helpdesk.vendor;

import io.candor.helpdesk.wire.GuardedHttp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The helpdesks whose protocols are spoken here. */
public enum Vendor {
  ZENDESK(new ZendeskInbound()),
  CHATWOOT(new ChatwootInbound()),
  INTERCOM(new IntercomInbound()),
  FRESHDESK(new FreshdeskInbound()),
  /** Anybody, by Standard Webhooks. */
  STANDARD(new StandardInbound());

  private final Inbound inbound;

  Vendor(Inbound inbound) {
    this.inbound = inbound;
  }

  /** How it tells us of its conversations. */
  public Inbound inbound() {
    return inbound;
  }

  /**
   * What it lets us do in them; an IllegalArgumentException names a setting that is missing.
   *
   * @param secrets that sign what we send, where they do
   */
  public Desk desk(Account account, List<String> secrets, GuardedHttp http, Duration timeout) {
    return switch (this) {
      case ZENDESK -> new ZendeskDesk(account, http, timeout);
      case CHATWOOT -> new ChatwootDesk(account, http, timeout);
      case INTERCOM -> new IntercomDesk(account, http, timeout);
      case FRESHDESK -> new FreshdeskDesk(account, http, timeout);
      case STANDARD -> new StandardDesk(account, secrets, http, timeout);
    };
  }

  public static Optional<Vendor> named(String name) {
    return Arrays.stream(values()).filter(vendor -> vendor.toString().equals(name)).findFirst();
  }

  public static String names() {
    return Arrays.stream(values()).map(Vendor::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
