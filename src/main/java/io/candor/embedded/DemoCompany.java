package io.candor.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The fictional company of the demonstration, as its help page introduces it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record DemoCompany(
    String name, String tagline, List<String> sampleQuestions, DemoCompany.Contact contact) {

  /** Where a person can be reached. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Contact(String email) {}

  static DemoCompany load() {
    return read("/demo/company.yaml", DemoCompany.class);
  }

  static DemoChange loadChange() {
    return read("/demo/change.yaml", DemoChange.class);
  }

  private static <T> T read(String resource, Class<T> type) {
    var yaml =
        YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    try (var stream = DemoCompany.class.getResourceAsStream(resource)) {
      return yaml.readValue(stream, type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
