package io.candor.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a credential may do. */
public enum Scope {
  /** Ask: chat, search, verify, screen, and read documents and answers. */
  CHAT,
  /** Write and retire documents, and change the glossary. */
  DOCUMENTS,
  /**
   * Change the voice, its adapters and which of them speak, hear the model unverified, and review
   * what it may learn.
   */
  VOICE,
  /** Set up helpdesks and webhooks, and see what went through them. */
  CHANNELS;

  /** The scope of that name; an IllegalArgumentException that lists the names otherwise. */
  public static Scope of(String name) {
    return Arrays.stream(values())
        .filter(scope -> scope.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no scope '%s'; there are: %s".formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(Scope::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
