package io.candor.knowledge.loading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.candor.knowledge.Draft;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The YAML that a text may begin with, and the text after it. Site generators keep theirs there
 * too, so what is none of a document's fields is passed over.
 *
 * @param fields those of a document, as the API has them, and perhaps its key
 */
record FrontMatter(ObjectNode fields, String text) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern BLOCK =
      Pattern.compile("\\A---[ \\t]*\\R(.*?\\R)---[ \\t]*(?:\\R+|\\z)", Pattern.DOTALL);

  static FrontMatter split(String content) {
    var block = BLOCK.matcher(content);
    return block.find()
        ? new FrontMatter(fields(block.group(1)), content.substring(block.end()))
        : new FrontMatter(JsonNodeFactory.instance.objectNode(), content);
  }

  private static ObjectNode fields(String yaml) {
    var fields = JsonNodeFactory.instance.objectNode();
    for (var property : parse(yaml).properties()) {
      var name = property.getKey();
      if (name.equals("key") || Draft.FIELDS.contains(name)) {
        fields.set(name, value(property));
      } else if (name.startsWith("valid")) {
        throw new Unreadable(
            "there is no field '%.40s': valid_from and valid_until say when it holds"
                .formatted(name));
      }
    }
    return fields;
  }

  private static ObjectNode parse(String yaml) {
    try {
      if (YAML.readTree(yaml) instanceof ObjectNode fields) {
        return fields;
      }
    } catch (JsonProcessingException e) {
      var what = e.getOriginalMessage().lines().findFirst().orElse("");
      var hint =
          what.startsWith("mapping values") ? "; a text that holds a colon needs quotes" : "";
      throw new Unreadable(
          "its front matter is not YAML (line %d): %s%s"
              .formatted(1 + e.getLocation().getLineNr(), what, hint),
          e);
    }
    throw new Unreadable("its front matter must hold names and values");
  }

  /** YAML reads 2026 as a number; a date is its first instant; tags may be one text. */
  private static JsonNode value(Map.Entry<String, JsonNode> field) {
    var value = field.getValue();
    if (!value.isValueNode() || value.isNull()) {
      return value;
    }
    var text = value.asText();
    return switch (field.getKey()) {
      case "tags" -> tags(text);
      case "valid_from", "valid_until" ->
          TextNode.valueOf(text.matches("\\d{4}-\\d\\d-\\d\\d") ? text + "T00:00:00Z" : text);
      default -> TextNode.valueOf(text);
    };
  }

  private static ArrayNode tags(String text) {
    var tags = JsonNodeFactory.instance.arrayNode();
    Pattern.compile(",").splitAsStream(text).map(String::strip).forEach(tags::add);
    return tags;
  }
}
