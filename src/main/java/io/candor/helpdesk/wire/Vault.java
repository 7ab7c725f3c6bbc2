package io.candor.helpdesk.wire;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets at rest: AES-256-GCM, bound to the row that holds them. What is sealed names its
 * key, by the first bytes of the key's hash, so that a key can be changed: key id, nonce,
 * ciphertext.
 */
@ApplicationScoped
public class Vault {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<ByteBuffer, SecretKeySpec> keys = new LinkedHashMap<>();

  @Inject
  Vault(HelpdeskConfig config) {
    this(config.key(), config.formerKeys().orElse(List.of()));
  }

  /** With this key, and with former ones for what they sealed; each 32 bytes in base64. */
  public Vault(Optional<String> key, List<String> former) {
    Stream.concat(key.stream(), former.stream()).map(Vault::decode).forEach(this::add);
  }

  /** A new key, as the configuration takes it. */
  public static String newKey() {
    var key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Whether there is a key at all. */
  public boolean isOpen() {
    return !keys.isEmpty();
  }

  /** Encrypts with the present key what belongs to that row. */
  public byte[] seal(String secret, UUID row) {
    var present = keys.entrySet().iterator().next();
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    var sealed =
        crypt(
            Cipher.ENCRYPT_MODE,
            present.getValue(),
            nonce,
            row,
            secret.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(ID_BYTES + NONCE_BYTES + sealed.length)
        .put(present.getKey().duplicate())
        .put(nonce)
        .put(sealed)
        .array();
  }

  /** Decrypts what belongs to that row, with whichever of the keys sealed it. */
  public String open(byte[] sealed, UUID row) {
    var id = ByteBuffer.wrap(Arrays.copyOf(sealed, ID_BYTES));
    var key = keys.get(id);
    if (key == null) {
      throw new IllegalStateException(
          "sealed with a key that is not configured: add it to candor.helpdesk.former-keys");
    }
    var nonce = Arrays.copyOfRange(sealed, ID_BYTES, ID_BYTES + NONCE_BYTES);
    var secret = Arrays.copyOfRange(sealed, ID_BYTES + NONCE_BYTES, sealed.length);
    return new String(crypt(Cipher.DECRYPT_MODE, key, nonce, row, secret), StandardCharsets.UTF_8);
  }

  private static byte[] crypt(int mode, SecretKeySpec key, byte[] nonce, UUID row, byte[] text) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(row.toString().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed secret was altered, or is another row's", e);
    }
  }

  private void add(byte[] key) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(key);
      keys.put(ByteBuffer.wrap(Arrays.copyOf(hash, ID_BYTES)), new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] decode(String key) {
    var bytes = Base64.getDecoder().decode(key.strip());
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "candor.helpdesk.key is %d bytes in base64: 32 are needed".formatted(bytes.length));
    }
    return bytes;
  }
}
