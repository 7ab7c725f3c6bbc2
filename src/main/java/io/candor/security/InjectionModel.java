package io.candor.security;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A logistic regression with 8-bit weights. The trainer among the tests writes it; {@link
 * InjectionDetector} reads it.
 *
 * @param weights one per feature, in units of {@code scale}
 * @param scale what one unit of a weight is worth, calibration (Platt 1999) included
 * @param bias the log odds of a text without features, calibration included
 */
record InjectionModel(byte[] weights, float scale, float bias) {
  private static final int FORMAT = 1;
  private static final String RESOURCE = "injection-weights.bin.gz";

  InjectionModel {
    if (weights.length != InjectionFeatures.SIZE) {
      throw new IllegalArgumentException(
          "injection weights are for %d features, not %d"
              .formatted(weights.length, InjectionFeatures.SIZE));
    }
  }

  static InjectionModel shipped() {
    try (InputStream in = InjectionModel.class.getResourceAsStream(RESOURCE)) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InjectionModel read(InputStream in) throws IOException {
    var data = new DataInputStream(new GZIPInputStream(in));
    int format = data.readInt();
    if (format != FORMAT) {
      throw new IOException("injection weights have format " + format + ", not " + FORMAT);
    }
    float scale = data.readFloat();
    float bias = data.readFloat();
    return new InjectionModel(data.readAllBytes(), scale, bias);
  }

  void write(OutputStream out) throws IOException {
    try (var data = new DataOutputStream(new GZIPOutputStream(out))) {
      data.writeInt(FORMAT);
      data.writeFloat(scale);
      data.writeFloat(bias);
      data.write(weights);
    }
  }

  /** The probability, 0 to 1, that the text is an attack. */
  double probability(FoldedText text) {
    var features = InjectionFeatures.of(text);
    double sum = 0;
    for (int i = 0; i < features.indices().length; i++) {
      sum += weights[features.indices()[i]] * features.values()[i];
    }
    return 1 / (1 + Math.exp(-(sum * scale + bias)));
  }
}
