package io.candor.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds personal data and secrets in what customers write, by shape, checksum and the words around,
 * and masks them. Made for messy chat: lower case, no punctuation, numbers in groups. Order
 * numbers, product names, prices and ordinary dates stay, because retrieval needs them. Used by
 * {@link Screening}.
 */
@ApplicationScoped
public class PersonalData {
  /** The spans in order of place; they do not overlap. */
  public List<PiiSpan> find(String text) {
    var message = Message.of(text);
    Shapes.find(message);
    Secrets.find(message);
    Numbers.find(message);
    Addresses.find(message);
    PersonNames.find(message);
    return withoutOverlaps(message.found());
  }

  /** The text with each span replaced by its type in brackets, as {@code [PHONE]}. */
  public String redact(String text, List<PiiSpan> spans) {
    var redacted = new StringBuilder(text.length());
    int at = 0;
    for (PiiSpan span : spans) {
      redacted.append(text, at, span.start()).append('[').append(span.type()).append(']');
      at = span.end();
    }
    return redacted.append(text, at, text.length()).toString();
  }

  /** Of overlapping spans the longest stays, then the most specific. */
  private static List<PiiSpan> withoutOverlaps(List<PiiSpan> found) {
    var ranked = new ArrayList<>(found);
    ranked.sort(Comparator.comparingInt(PiiSpan::length).reversed().thenComparing(PiiSpan::type));
    var kept = new TreeSet<PiiSpan>(Comparator.comparingInt(PiiSpan::start));
    for (PiiSpan span : ranked) {
      var before = kept.floor(span);
      var after = kept.ceiling(span);
      if ((before == null || !before.overlaps(span)) && (after == null || !after.overlaps(span))) {
        kept.add(span);
      }
    }
    return List.copyOf(kept);
  }
}
