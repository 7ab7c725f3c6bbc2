package io.candor.knowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A document as its author writes it, before it becomes a version: the body of a PUT and the data
 * of a published event.
 *
 * @param url where customers can read it
 * @param locale a BCP 47 language tag
 * @param validFrom when it comes into force; by default when it is published
 * @param validUntil when it ceases to be; by default never
 * @param tags what its author sorts it by; a search may ask for some tags only
 */
public record Draft(
    String title,
    Kind kind,
    Format format,
    String text,
    Optional<String> url,
    Optional<String> locale,
    Optional<Instant> validFrom,
    Optional<Instant> validUntil,
    List<String> tags) {
  /** What the JSON form may hold. */
  public static final Set<String> FIELDS =
      Set.of(
          "title", "kind", "format", "text", "url", "locale", "valid_from", "valid_until", "tags");

  private static final int LONGEST_TITLE = 500;
  private static final int LONGEST_URL = 2048;
  private static final String URL = "https?://[^\\s<>\"]+";
  private static final String LOCALE = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}";
  private static final int MOST_TAGS = 20;
  private static final String TAG = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._:/-]{0,49}";

  public Draft {
    Check.text("title", title, LONGEST_TITLE);
    Check.text("text", text, Integer.MAX_VALUE);
    url.ifPresent(u -> Check.matches("url", Check.text("url", u, LONGEST_URL), URL));
    locale.ifPresent(l -> Check.matches("locale", l, LOCALE));
    validFrom = validFrom.map(at -> Check.instant("valid_from", at));
    validUntil = validUntil.map(at -> Check.instant("valid_until", at));
    if (validFrom.isPresent() && validUntil.isPresent()) {
      Check.ordered(validFrom.get(), validUntil.get());
    }
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException(
          "tags are %d; at most %d are allowed".formatted(tags.size(), MOST_TAGS));
    }
    tags.forEach(tag -> Check.matches("a tag", tag, TAG));
    tags = tags.stream().distinct().sorted().toList();
  }

  /** A draft without tags. */
  public Draft(
      String title,
      Kind kind,
      Format format,
      String text,
      Optional<String> url,
      Optional<String> locale,
      Optional<Instant> validFrom,
      Optional<Instant> validUntil) {
    this(title, kind, format, text, url, locale, validFrom, validUntil, List.of());
  }

  /** Reads the JSON form; an IllegalArgumentException names the field that is wrong. */
  public static Draft parse(JsonNode json, int maxTextLength) {
    var fields = new JsonFields(json, FIELDS);
    return new Draft(
        fields.text("title"),
        fields.choice("kind", Kind.values()),
        fields.choice("format", Format.values()),
        Check.text("text", fields.text("text"), maxTextLength),
        fields.optionalText("url"),
        fields.optionalText("locale"),
        fields.optionalInstant("valid_from"),
        fields.optionalInstant("valid_until"),
        fields.texts("tags"));
  }

  /** The JSON form. */
  public ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("title", title).put("kind", kind.toString()).put("format", format.toString());
    json.put("text", text);
    url.ifPresent(u -> json.put("url", u));
    locale.ifPresent(l -> json.put("locale", l));
    validFrom.ifPresent(at -> json.put("valid_from", at.toString()));
    validUntil.ifPresent(at -> json.put("valid_until", at.toString()));
    if (!tags.isEmpty()) {
      tags.forEach(json.putArray("tags")::add);
    }
    return json;
  }

  /** Equal for drafts that differ at most in when they are valid. */
  public byte[] contentHash() {
    var content =
        String.join("\0", title, "" + kind, "" + format, url.orElse(""), locale.orElse(""), text);
    return Passage.sha256(tags.isEmpty() ? content : content + "\0" + String.join("\0", tags));
  }
}
