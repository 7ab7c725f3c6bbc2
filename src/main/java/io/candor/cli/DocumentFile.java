package io.candor.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document as it lies in a file: text with optional YAML front matter, or a JSON document.
 *
 * @param key its key
 * @param document the body of the documents API
 */
record DocumentFile(String key, ObjectNode document) {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---\\R(.*?\\R)---\\R+", Pattern.DOTALL);
  private static final Pattern MARKDOWN_TITLE =
      Pattern.compile("^#\\s+(.+?)\\s*#*$", Pattern.MULTILINE);
  private static final Pattern HTML_TITLE =
      Pattern.compile("<title[^>]*>\\s*([^<]+?)\\s*</title>", Pattern.CASE_INSENSITIVE);

  /** Reads a file; without a key of its own it gets the one given. */
  static DocumentFile read(Path file, String key) {
    try {
      return parse(file.getFileName().toString(), Files.readString(file), key);
    } catch (MalformedInputException e) {
      throw new CommandFailure(file + " is not UTF-8 text: convert it.", e);
    } catch (JsonProcessingException e) {
      throw new CommandFailure("%s cannot be read: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read: check that it exists.".formatted(file), e);
    }
  }

  static DocumentFile parse(String name, String content, String key) throws IOException {
    if (name.endsWith(".json")) {
      return of(object(JSON.readTree(content), name), key);
    }
    Matcher matter = FRONT_MATTER.matcher(content);
    boolean has = matter.find();
    ObjectNode document =
        has ? object(YAML.readTree(matter.group(1)), name) : JSON.createObjectNode();
    String text = has ? content.substring(matter.end()) : content;
    String format = format(name);
    putIfAbsent(document, "title", title(text, format, name));
    putIfAbsent(document, "kind", "policy");
    putIfAbsent(document, "format", format);
    document.put("text", text);
    return of(document, key);
  }

  private static ObjectNode object(JsonNode node, String name) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new CommandFailure(name + " must hold names and values at its top.");
  }

  private static DocumentFile of(ObjectNode document, String key) {
    JsonNode own = document.remove("key");
    return new DocumentFile(own == null ? key : own.asText(), document);
  }

  private static void putIfAbsent(ObjectNode document, String name, String value) {
    if (!document.has(name)) {
      document.put(name, value);
    }
  }

  private static String format(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return switch (extension) {
      case "md", "markdown" -> "markdown";
      case "html", "htm" -> "html";
      default -> "text";
    };
  }

  private static String title(String text, String format, String name) {
    Pattern pattern = format.equals("html") ? HTML_TITLE : MARKDOWN_TITLE;
    Matcher title = pattern.matcher(text);
    return title.find() ? title.group(1) : name.replaceFirst("\\.[^.]+$", "");
  }
}
