package io.candor.chat;

import io.candor.serving.AdapterRegistry;
import io.candor.serving.AdapterSet;
import io.candor.serving.ModelIdentity;
import io.candor.serving.StoredAdapter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Which adapters an answer is said with: the tenant's voice, unless the question names another. */
@ApplicationScoped
class Voices {
  private final AdapterRegistry registry;

  Voices(AdapterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The voice for an answer.
   *
   * @param named an adapter, or {@value ModelIdentity#NO_ADAPTER} for the base model's own voice
   */
  AdapterSet of(UUID tenant, Optional<String> named) {
    return named.map(name -> one(tenant, name)).orElseGet(() -> registry.voice(tenant));
  }

  /** The names that a question may give. */
  List<String> adapters(UUID tenant) {
    var stored = registry.list(tenant).stream().map(StoredAdapter::name);
    return Stream.concat(Stream.of(ModelIdentity.NO_ADAPTER), stored).toList();
  }

  private AdapterSet one(UUID tenant, String name) {
    if (name.equals(ModelIdentity.NO_ADAPTER)) {
      return AdapterSet.NONE;
    }
    try {
      return registry
          .alone(tenant, name)
          .orElseThrow(
              () -> new BadRequestException("'adapter': there is no '%.100s'".formatted(name)));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("'adapter': " + e.getMessage(), e);
    }
  }
}
