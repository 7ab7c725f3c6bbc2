package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Account;
import io.candor.helpdesk.vendor.Vendor;
import java.util.UUID;

/** A helpdesk's account as one of a tenant's channels. */
record Channel(
    UUID id,
    UUID tenant,
    String name,
    Vendor vendor,
    Mode mode,
    ChannelSettings settings,
    Credentials credentials) {

  Account account() {
    return new Account(settings.account(), credentials.token());
  }

  /** Where the helpdesk sends its deliveries. */
  String path() {
    return "/hooks/%s/%s".formatted(vendor, id);
  }
}
