package io.candor.serving;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes a JSON schema as a grammar (GBNF): properties come in the schema's order, and none but
 * those. Blanks are limited, for a small model may not find an end of them.
 */
final class JsonGrammar {
  private static final String RULES =
      """
      ws ::= " "? | "\\n" [ ]{0,16}
      string ::= "\\"" ( [^"\\\\\\x00-\\x1F] | "\\\\" ( ["\\\\/bfnrt] | "u" [0-9a-fA-F]{4} ) )* "\\""
      integer ::= "-"? ( "0" | [1-9] [0-9]{0,15} )
      number ::= integer ( "." [0-9]{1,16} )? ( [eE] [-+]? [0-9]{1,3} )?
      boolean ::= "true" | "false"
      null ::= "null"
      value ::= object | array | string | number | boolean | null
      object ::= "{" ws ( string ":" ws value ( "," ws string ":" ws value )* ws )? "}"
      array ::= "[" ws ( value ( "," ws value )* ws )? "]"
      """;

  private final Map<String, JsonSchemaElement> definitions = new LinkedHashMap<>();

  private JsonGrammar() {}

  /** Any object. */
  static String ofAnyObject() {
    return "root ::= object\n" + RULES;
  }

  /**
   * What fits the schema.
   *
   * @throws UnsupportedFeatureException if it is not made of LangChain4j's own elements
   */
  static String of(JsonSchema schema) {
    return new JsonGrammar().grammar(schema.rootElement());
  }

  private String grammar(JsonSchemaElement root) {
    if (root instanceof JsonObjectSchema object && object.definitions() != null) {
      definitions.putAll(object.definitions());
    }
    var grammar = new StringBuilder("root ::= ").append(rule(root)).append('\n');
    definitions.forEach((name, element) ->
        grammar.append(definition(name)).append(" ::= ").append(rule(element)).append('\n'));
    return grammar.append(RULES).toString();
  }

  private String definition(String name) {
    int at = List.copyOf(definitions.keySet()).indexOf(name);
    if (at < 0) {
      throw new UnsupportedFeatureException("the schema does not define " + name);
    }
    return "definition-" + at;
  }

  private String rule(JsonSchemaElement element) {
    return switch (element) {
      case JsonObjectSchema object -> object(object);
      case JsonArraySchema array -> array(array);
      case JsonEnumSchema choice ->
          anyOf(choice.enumValues().stream().map(JsonGrammar::literal).toList());
      case JsonAnyOfSchema choice -> anyOf(choice.anyOf().stream().map(this::rule).toList());
      case JsonReferenceSchema reference -> definition(reference.reference());
      case JsonStringSchema _ -> "string";
      case JsonIntegerSchema _ -> "integer";
      case JsonNumberSchema _ -> "number";
      case JsonBooleanSchema _ -> "boolean";
      case JsonNullSchema _ -> "null";
      default ->
          throw new UnsupportedFeatureException(
              "the local model knows no " + element.getClass().getSimpleName());
    };
  }

  private static String anyOf(List<String> rules) {
    return rules.stream().collect(Collectors.joining(" | ", "( ", " )"));
  }

  private String array(JsonArraySchema array) {
    if (array.items() == null) {
      return "array";
    }
    var item = rule(array.items());
    return "\"[\" ws ( %s ( \",\" ws %s )* ws )? \"]\"".formatted(item, item);
  }

  private String object(JsonObjectSchema object) {
    if (object.properties().isEmpty()) {
      return "object";
    }
    var required = Objects.requireNonNullElse(object.required(), List.<String>of());
    var properties = new ArrayList<Property>();
    object
        .properties()
        .forEach((name, element) ->
            properties.add(
                new Property(
                    literal(name) + " \":\" ws " + rule(element), required.contains(name))));
    return "\"{\" ws %s ws \"}\"".formatted(from(properties, true));
  }

  private record Property(String rule, boolean required) {}

  /**
   * The properties from the first one on.
   *
   * @param first whether none was said before, so that no comma is needed
   */
  private static String from(List<Property> properties, boolean first) {
    if (properties.isEmpty()) {
      return "";
    }
    var property = properties.getFirst();
    var others = properties.subList(1, properties.size());
    var said = (first ? "" : "\",\" ws ") + property.rule() + " " + from(others, false);
    if (property.required()) {
      return said;
    }
    return first
        ? "( %s | %s )".formatted(said, from(others, true))
        : "( \",\" ws %s )? %s".formatted(property.rule(), from(others, false));
  }

  /** A text as JSON has it, and that as GBNF has it. */
  private static String literal(String text) {
    var json = new TextNode(text).toString();
    return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
