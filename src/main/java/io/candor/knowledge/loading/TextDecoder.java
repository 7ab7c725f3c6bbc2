package io.candor.knowledge.loading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Turns the bytes of a text file into text: by its byte order mark, else as UTF-8, else as what it
 * declares, else as windows-1252, which is what is left in practice.
 */
final class TextDecoder {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final double MOST_CONTROLS = 0.01;

  private TextDecoder() {}

  static String decode(byte[] bytes) {
    return decode(bytes, Optional.empty());
  }

  /** Decodes; the charset declared is believed only where the text is not UTF-8. */
  static String decode(byte[] bytes, Optional<Charset> declared) {
    var text =
        marked(bytes)
            .or(() -> strictly(bytes, 0, StandardCharsets.UTF_8))
            .or(() -> declared.flatMap(charset -> strictly(bytes, 0, charset)))
            .or(() -> strictly(bytes, 0, WINDOWS_1252))
            .orElseThrow(() -> new Unreadable("it is neither UTF-8 nor windows-1252 text"));
    return checked(text);
  }

  private static Optional<String> marked(byte[] bytes) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return broken(strictly(bytes, 3, StandardCharsets.UTF_8), "UTF-8");
    } else if (startsWith(bytes, 0xFF, 0xFE)) {
      return broken(strictly(bytes, 2, StandardCharsets.UTF_16LE), "UTF-16");
    } else if (startsWith(bytes, 0xFE, 0xFF)) {
      return broken(strictly(bytes, 2, StandardCharsets.UTF_16BE), "UTF-16");
    }
    return Optional.empty();
  }

  private static Optional<String> broken(Optional<String> text, String name) {
    if (text.isEmpty()) {
      throw new Unreadable("its byte order mark says %s, but it is not".formatted(name));
    }
    return text;
  }

  private static Optional<String> strictly(byte[] bytes, int offset, Charset charset) {
    try {
      var decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      var input = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
      return Optional.of(decoder.decode(input).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Bytes of a program decode as some text too; it is told by its control characters. */
  private static String checked(String text) {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new Unreadable(
          "it holds a NUL at position %d: it is not text, or UTF-16 without a byte order mark"
              .formatted(nul));
    }
    long controls = text.chars().filter(TextDecoder::isControl).count();
    if (controls > 1 + text.length() * MOST_CONTROLS) {
      throw new Unreadable("it is not text: it holds %d control characters".formatted(controls));
    }
    return text;
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || (c > 126 && c < 160);
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
