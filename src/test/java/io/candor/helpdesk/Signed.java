package io.candor.helpdesk;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as the vendors compute them, with the JDK alone. */
final class Signed {
  private Signed() {}

  static byte[] hmac(String algorithm, byte[] key, String text) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(String algorithm, String key, String text) {
    return HexFormat.of().formatHex(hmac(algorithm, bytes(key), text));
  }

  static String base64(String key, String text) {
    return Base64.getEncoder().encodeToString(hmac("HmacSHA256", bytes(key), text));
  }

  /** Standard Webhooks: the secret is base64 after its prefix. */
  static String standard(String secret, String id, String timestamp, String body) {
    var key = Base64.getDecoder().decode(secret.replace("whsec_", ""));
    var code = hmac("HmacSHA256", key, id + "." + timestamp + "." + body);
    return "v1," + Base64.getEncoder().encodeToString(code);
  }

  static HttpRequest.Builder post(String hook, String body) {
    return HttpRequest.newBuilder(URI.create(hook))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
