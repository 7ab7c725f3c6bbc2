package io.candor.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Custom resources against the definitions that their operators publish, of the versions that
 * {@code k8s/schemas} pins. Stricter than a cluster, which drops a field that the schema does not
 * have: here it is an error. Rules in CEL are not evaluated.
 */
final class CustomResources {
  private static final SchemaRegistry OPEN_API =
      SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30());

  private final Map<String, Schema> schemas = new TreeMap<>();

  /**
   * @param folder with the definitions, as YAML
   */
  CustomResources(Path folder) throws IOException {
    var yaml = new ObjectMapper(new YAMLFactory());
    try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
      for (var file : files) {
        add(yaml.readTree(file.toFile()).path("spec"));
      }
    }
  }

  private void add(JsonNode definition) {
    for (var version : definition.path("versions")) {
      if (version.path("served").asBoolean()) {
        var schema = version.at("/schema/openAPIV3Schema").deepCopy();
        close(schema);
        // KubernetesTypes reads the metadata, of which a definition says nothing
        ((ObjectNode) schema.path("properties")).putObject("metadata");
        var group = definition.path("group").asText() + "/" + version.path("name").asText();
        schemas.put(
            group + " " + definition.at("/names/kind").asText(), OPEN_API.getSchema(schema));
      }
    }
  }

  /** An object has no other fields than its schema names, unless the schema says so. */
  private static void close(JsonNode schema) {
    if (schema.path("type").asText().equals("object")
        && !schema.has("additionalProperties")
        && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    schema.path("properties").forEach(CustomResources::close);
    Stream.of("items", "additionalProperties")
        .map(schema::path)
        .filter(JsonNode::isObject)
        .forEach(CustomResources::close);
  }

  /** An IllegalArgumentException tells what the operator's schema does not allow. */
  void check(JsonNode resource) {
    var type = KubernetesTypes.name(resource);
    var schema = schemas.get(type);
    if (schema == null) {
      throw new IllegalArgumentException("there is no definition of " + type);
    }
    var errors = schema.validate(resource);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(
          errors.stream().map(Error::toString).collect(Collectors.joining("\n", type + ": ", "")));
    }
  }
}
