package io.candor.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** An API key as its holder has it: {@code cnd_} and 256 random bits. The database has its hash. */
record ApiKey(String text) {
  private static final String PREFIX = "cnd_";
  private static final SecureRandom RANDOM = new SecureRandom();

  static ApiKey random() {
    var bits = new byte[32];
    RANDOM.nextBytes(bits);
    return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Enough to tell keys apart in a list, not enough to use one. */
  String hint() {
    return text.substring(0, Math.min(8, text.length() / 4)) + "…";
  }
}
