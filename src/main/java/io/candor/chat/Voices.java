package io.candor.chat;

import io.candor.serving.AdapterRegistry;
import io.candor.serving.AdapterSet;
import io.candor.serving.ModelIdentity;
import io.candor.serving.StoredAdapter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which adapters an answer is said with: those that the question names, else those that its
 * conversation began with, else the tenant's voice.
 */
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
   * @param kept the adapters that its conversation began with, and their scales
   */
  AdapterSet of(
      UUID tenant, UUID conversation, Optional<String> named, Optional<Map<String, Float>> kept) {
    return named
        .map(name -> one(tenant, name))
        .or(() -> kept.flatMap(scales -> registry.kept(tenant, scales)))
        .orElseGet(() -> registry.voice(tenant).of(conversation));
  }

  /** The voice that most conversations hear, unless another adapter is named. */
  AdapterSet of(UUID tenant, Optional<String> named) {
    return named.map(name -> one(tenant, name)).orElseGet(() -> registry.voice(tenant).active());
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
