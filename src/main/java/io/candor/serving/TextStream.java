package io.candor.serving;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns the bytes of tokens into text that can be shown at once: characters split over tokens are
 * held back until they are whole, and what may become a stop sequence until it is not.
 */
final class TextStream {
  private final List<String> stopSequences;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer undecoded = ByteBuffer.allocate(0);
  private final StringBuilder held = new StringBuilder();
  private boolean stopped;

  TextStream(List<String> stopSequences) {
    this.stopSequences = List.copyOf(stopSequences);
  }

  /** Adds a token's bytes; returns what can be shown now, possibly nothing. */
  String append(byte[] bytes) {
    return stopped ? "" : show(decode(bytes), false);
  }

  /** Whether a stop sequence was met; it and what follows are not shown. */
  boolean stopped() {
    return stopped;
  }

  /** Returns what was held back, when no more comes; of a character that is not whole, nothing. */
  String finish() {
    return stopped ? "" : show(CharBuffer.allocate(0), true);
  }

  private CharBuffer decode(byte[] bytes) {
    var in =
        ByteBuffer.allocate(undecoded.remaining() + bytes.length).put(undecoded).put(bytes).flip();
    var out = CharBuffer.allocate(in.remaining() + 1);
    decoder.decode(in, out, false);
    undecoded = in.slice();
    return out.flip();
  }

  private String show(CharBuffer text, boolean last) {
    held.append(text);
    int end = last ? held.length() : held.length() - possibleStop();
    for (var stop : stopSequences) {
      int at = held.indexOf(stop);
      if (at >= 0 && (!stopped || at < end)) {
        stopped = true;
        end = at;
      }
    }
    var shown = held.substring(0, end);
    held.delete(0, end);
    return shown;
  }

  /** The length of the longest end of the held text with which a stop sequence begins. */
  private int possibleStop() {
    int longest = 0;
    for (var stop : stopSequences) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
        if (stop.startsWith(held.substring(held.length() - n))) {
          longest = n;
        }
      }
    }
    return longest;
  }
}
