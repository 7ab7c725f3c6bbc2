package io.candor.helpdesk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Signatures of Standard Webhooks 1.0 (standardwebhooks.com), symmetric. */
public final class StandardWebhooks {
  public static final String ID = "webhook-id";
  public static final String TIMESTAMP = "webhook-timestamp";
  public static final String SIGNATURE = "webhook-signature";

  private static final String SECRET = "whsec_";
  private static final String VERSION = "v1,";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private StandardWebhooks() {}

  public static String newSecret() {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return SECRET + Base64.getEncoder().encodeToString(secret);
  }

  /** The header's value: a signature for every secret, so that a receiver may change theirs. */
  public static String sign(List<String> secrets, String id, long timestamp, byte[] body) {
    return secrets.stream()
        .map(secret -> VERSION + code(secret, id, timestamp, body))
        .collect(Collectors.joining(" "));
  }

  /** Whether one of the header's signatures is the secret's. */
  public static boolean isSigned(
      String header, String secret, String id, long timestamp, byte[] body) {
    var expected = VERSION + code(secret, id, timestamp, body);
    return Arrays.stream(header.split(" ")).anyMatch(one -> Hmac.same(expected, one));
  }

  private static String code(String secret, String id, long timestamp, byte[] body) {
    var key = secret.startsWith(SECRET) ? secret.substring(SECRET.length()) : secret;
    var signed = "%s.%d.".formatted(id, timestamp).getBytes(UTF_8);
    var code = Hmac.SHA256.of(Base64.getDecoder().decode(key), signed, body);
    return Base64.getEncoder().encodeToString(code);
  }
}
