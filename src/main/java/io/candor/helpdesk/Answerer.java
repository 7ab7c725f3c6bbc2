package io.candor.helpdesk;

import io.candor.chat.ChannelChat;
import io.candor.security.Credential;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Answers a customer's message, the same however often it is asked with the same id. */
interface Answerer {
  ChannelChat.Result answer(
      Credential who,
      UUID answer,
      Optional<UUID> conversation,
      String message,
      Optional<Locale> locale);
}
