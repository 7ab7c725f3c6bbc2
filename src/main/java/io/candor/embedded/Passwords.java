package io.candor.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** The generated passwords of the embedded database's roles, in a file only its owner reads. */
record Passwords(String postgres, String owner, String app) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> ROLES = List.of("postgres", "candor_owner", "candor_app");

  static Passwords readOrCreate(Path file) throws IOException {
    Properties stored = new Properties();
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        stored.load(in);
      }
    } else {
      ROLES.forEach(role -> stored.setProperty(role, generate()));
      StringWriter text = new StringWriter();
      stored.store(text, null);
      PrivateFile.write(file, text.toString());
    }
    return new Passwords(
        stored.getProperty("postgres"),
        stored.getProperty("candor_owner"),
        stored.getProperty("candor_app"));
  }

  private static String generate() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
