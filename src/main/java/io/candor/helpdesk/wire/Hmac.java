package io.candor.helpdesk.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Message authentication codes (RFC 2104), as the helpdesks' signatures use them. */
public enum Hmac {
  SHA1("HmacSHA1"),
  SHA256("HmacSHA256");

  private final String algorithm;

  Hmac(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The code of the parts, one after another. */
  public byte[] of(byte[] key, byte[]... parts) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (var part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Compares in a time that tells nothing of where they differ. */
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
