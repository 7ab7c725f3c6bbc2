package io.candor.embedded;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A change of one value in one sentence of one document, ready to be published from the demo page.
 *
 * @param document the document's key
 * @param question the question whose answer changes
 * @param current the sentence as it stands in the demo company's documents
 * @param changed the sentence as the demo proposes it
 * @param oldValue the value in {@code current}
 * @param newValue the value in {@code changed}
 */
record DemoChange(
    String document,
    String question,
    String current,
    String changed,
    String oldValue,
    String newValue) {
  private static final String VALUE = "[\\p{L}\\p{N}][\\p{L}\\p{N} .,:%€$£/'’-]{0,38}";
  private static final Pattern ALLOWED = Pattern.compile("[€$£]?" + VALUE);

  DemoChange {
    if (current.split(Pattern.quote(oldValue), -1).length != 2) {
      throw new IllegalArgumentException("'%s' is not once in '%s'".formatted(oldValue, current));
    }
  }

  String prefix() {
    return current.substring(0, current.indexOf(oldValue));
  }

  String suffix() {
    return current.substring(current.indexOf(oldValue) + oldValue.length());
  }

  /** Whether this is a short, plain value; markup or another sentence is not. */
  static boolean allows(String value) {
    return value != null && value.length() <= 40 && ALLOWED.matcher(value).matches();
  }

  /** The value that stands in this text of the document, if the sentence is there. */
  Optional<String> valueIn(String text) {
    var found = sentence().matcher(text);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The text with the other value in the sentence. */
  String applyTo(String text, String value) {
    var found = sentence().matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("the sentence to change is no longer in " + document);
    }
    return text.substring(0, found.start(1)) + value + text.substring(found.end(1));
  }

  private Pattern sentence() {
    return Pattern.compile(Pattern.quote(prefix()) + "([^\\n]{1,40}?)" + Pattern.quote(suffix()));
  }
}
