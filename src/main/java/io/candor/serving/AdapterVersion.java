package io.candor.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of an adapter.
 *
 * @param run its training's run.json
 * @param verdicts what the gate found, the latest first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record AdapterVersion(
    @JsonUnwrapped StoredAdapter adapter, Optional<JsonNode> run, List<JsonNode> verdicts) {
  AdapterVersion {
    verdicts = List.copyOf(verdicts);
  }
}
