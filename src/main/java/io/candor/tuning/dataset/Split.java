package io.candor.tuning.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which examples are learnt from and which are validated on, by a hash of their conversation alone:
 * a conversation stays where it is when the data grows.
 *
 * @param share of the conversations that are validated on, 0 to 1
 * @param seed another seed draws others
 */
public record Split(double share, long seed) {
  /** One conversation in ten. */
  public static final Split DEFAULT = new Split(0.1, 7);

  public Split {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("a share of %s is not within 0 and 1".formatted(share));
    }
  }

  /** The examples of a dataset, each half in its order. */
  record Halves(List<Example> train, List<Example> validation) {}

  /** Where chance would leave nothing to learn from, all is learnt from. */
  Halves of(List<Example> examples) {
    var halves = examples.stream().collect(Collectors.partitioningBy(this::validates));
    return halves.get(false).isEmpty()
        ? new Halves(examples, List.of())
        : new Halves(halves.get(false), halves.get(true));
  }

  private boolean validates(Example example) {
    var hash =
        sha256().digest((seed + "/" + example.conversation()).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53 < share;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
