package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.candor.knowledge.loading.LoadedFile.Entry;
import io.candor.knowledge.loading.LoadedFile.Loaded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Collects the rows of a list: each a document, or refused with its place and the reason. */
final class FaqRows {
  private static final int MOST_ROWS = 10_000;
  private static final int LONGEST_TITLE = 500;
  private static final int LONGEST_SLUG = 80;
  private static final Pattern TAG =
      Pattern.compile("</?(?:p|br|a|ul|ol|li|div|span|strong|em|b|i|table|h[1-6])\\b[^>]*>");

  private final String key;
  private final Set<String> keys = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  /**
   * @param key below which the documents have theirs
   */
  FaqRows(String key) {
    this.key = key;
  }

  Loaded loaded() {
    return new Loaded(entries, refused);
  }

  /**
   * @param place where the row stands, for people
   * @param values by column; may complain of the row
   */
  void add(String place, Supplier<Map<String, String>> values) {
    if (entries.size() + refused.size() == MOST_ROWS) {
      throw new Unreadable("it has more than %,d rows: divide it".formatted(MOST_ROWS));
    }
    try {
      entries.add(entry(values.get()));
    } catch (Unreadable | IllegalArgumentException e) {
      refused.add(place + ": " + e.getMessage());
    }
  }

  private Entry entry(Map<String, String> values) {
    var title = needed(values, "question").replaceAll("\\s+", " ");
    var text = needed(values, "answer");
    var fields = JsonNodeFactory.instance.objectNode();
    fields.put("title", title.length() <= LONGEST_TITLE ? title : title.substring(0, 480) + "…");
    fields.put("kind", "faq");
    fields.put("format", TAG.matcher(text).find() ? "html" : "markdown");
    fields.put("text", text);
    fields.put("url", values.get("url")).put("locale", values.get("locale"));
    return Loader.entry(key + "#" + unique(values.getOrDefault("id", slug(title))), fields);
  }

  private static String needed(Map<String, String> values, String column) {
    if (!values.containsKey(column)) {
      throw new Unreadable("it has no " + column);
    }
    return values.get(column);
  }

  /** From the question, so that rows may move: only a repeated question is numbered. */
  private static String slug(String question) {
    var words = question.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
    var slug = words.replaceAll("^-|-$", "");
    return slug.length() <= LONGEST_SLUG
        ? slug
        : slug.substring(0, LONGEST_SLUG) + "-" + Integer.toHexString(slug.hashCode());
  }

  private String unique(String name) {
    var unique = name;
    for (int n = 2; !keys.add(unique); n++) {
      unique = name + "-" + n;
    }
    return unique;
  }
}
