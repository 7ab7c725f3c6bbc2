package io.candor.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The fictional company of the demonstration, as its help page introduces it and the model speaks.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DemoCompany(
    String name,
    String tagline,
    String voice,
    String abstain,
    String clarify,
    String handOver,
    List<String> sampleQuestions,
    DemoCompany.Contact contact) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** Where a person can be reached. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Contact(String email) {}

  /** The settings of a server that is this company's. */
  public Map<String, String> configuration() {
    return Map.of(
        "candor.demo.enabled", "true",
        "candor.chat.company", name,
        "candor.chat.voice", voice.strip(),
        "candor.chat.abstention", abstain.strip(),
        "candor.chat.handover", handOver.strip());
  }

  /** The one that this build carries. */
  public static DemoCompany load() {
    return read("/demo/company.yaml", DemoCompany.class);
  }

  static DemoChange loadChange() {
    return read("/demo/change.yaml", DemoChange.class);
  }

  private static <T> T read(String resource, Class<T> type) {
    try (var stream = DemoCompany.class.getResourceAsStream(resource)) {
      return YAML.readValue(stream, type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
