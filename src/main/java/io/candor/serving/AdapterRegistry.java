package io.candor.serving;

import io.candor.security.TenantTransaction;
import io.candor.serving.lora.LoraFit;
import io.candor.serving.lora.LoraMerge;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * The tenants' adapters, and the voice that each tenant's answers are said with. They lie in the
 * database; a replica copies a file to its disk when it is first used.
 */
@ApplicationScoped
public class AdapterRegistry {
  private static final int MOST_IN_A_VOICE = 4;

  private final TenantTransaction transaction;
  private final DataSource database;
  private final AdapterFiles files;
  private final ServingConfig config;

  /** Adapters that were compared with the base, which stays the same: reading it takes a while. */
  private final Set<String> fitting = ConcurrentHashMap.newKeySet();

  AdapterRegistry(
      TenantTransaction transaction,
      DataSource database,
      AdapterFiles files,
      ServingConfig config) {
    this.transaction = transaction;
    this.database = database;
    this.files = files;
    this.config = config;
  }

  /** What is done with one tenant's rows. */
  private interface Work<T> {
    T with(AdapterRows rows) throws SQLException, IOException;
  }

  private <T> T call(UUID tenant, Work<T> work) {
    return transaction.call(
        tenant,
        () -> {
          try (var connection = database.getConnection()) {
            return work.with(new AdapterRows(connection));
          }
        });
  }

  /** A tenant's adapters, in the order of their names. */
  public List<StoredAdapter> list(UUID tenant) {
    return call(tenant, AdapterRows::all);
  }

  /**
   * Stores what several adapters do together, each with its weight, as one.
   *
   * @throws IllegalArgumentException if one is missing, they were trained for different bases, or
   *     the name stands for something else
   */
  StoredAdapter merge(UUID tenant, String name, Map<String, Float> weights) {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException("name the adapters to merge");
    }
    return call(
        tenant,
        rows -> {
          var parts = new ArrayList<LoraMerge.Part>();
          for (var weight : weights.entrySet()) {
            var adapter = scaled(rows.required(weight.getKey()), weight.getValue());
            parts.add(new LoraMerge.Part(copy(rows, adapter), weight.getValue()));
          }
          var merged = files.unfinished();
          try {
            LoraMerge.merge(parts, name, merged);
            return rows.add(tenant, name, merged);
          } finally {
            Files.deleteIfExists(merged);
          }
        });
  }

  /** Removes an adapter that the voice does not use. */
  void remove(UUID tenant, String name) {
    call(
        tenant,
        rows -> {
          rows.required(name);
          if (rows.voice().adapters().stream().anyMatch(used -> used.name().equals(name))) {
            throw new IllegalArgumentException(
                "the voice uses '%s'; set another voice first".formatted(name));
          }
          rows.remove(name);
          return null;
        });
  }

  /** The voice of a tenant, as of now: a change holds from the next answer on, on every replica. */
  public AdapterSet voice(UUID tenant) {
    return call(
        tenant,
        rows -> {
          var voice = rows.voice();
          for (var used : voice.adapters()) {
            copy(rows, used);
          }
          return voice;
        });
  }

  /**
   * One adapter at its full strength, for a request that names it; nothing if there is none.
   *
   * @throws IllegalArgumentException if it does not fit the base
   */
  public Optional<AdapterSet> alone(UUID tenant, String name) {
    return call(
        tenant,
        rows -> {
          var found = rows.find(name).map(adapter -> scaled(adapter, 1));
          if (found.isPresent()) {
            checkFit(rows, found.get());
          }
          return found.map(adapter -> new AdapterSet(List.of(adapter)));
        });
  }

  /**
   * Sets the voice; no adapters at all is the base's own.
   *
   * @throws IllegalArgumentException if one is missing or does not fit the base
   */
  AdapterSet setVoice(UUID tenant, Map<String, Float> scales) {
    if (scales.size() > MOST_IN_A_VOICE) {
      throw new IllegalArgumentException(
          "a voice has at most %d adapters; merge some".formatted(MOST_IN_A_VOICE));
    }
    return call(
        tenant,
        rows -> {
          var adapters = new ArrayList<AdapterSet.Scaled>();
          for (var entry : scales.entrySet()) {
            var adapter = scaled(rows.required(entry.getKey()), entry.getValue());
            checkFit(rows, adapter);
            adapters.add(adapter);
          }
          var voice = new AdapterSet(adapters);
          if (config.remote().url().isPresent()) {
            voice.only();
          }
          rows.setVoice(tenant, voice);
          return voice;
        });
  }

  private static AdapterSet.Scaled scaled(StoredAdapter adapter, float scale) {
    return new AdapterSet.Scaled(adapter.name(), adapter.sha256(), scale);
  }

  private Path copy(AdapterRows rows, AdapterSet.Scaled adapter) throws SQLException, IOException {
    return files.copy(adapter.sha256(), out -> rows.write(adapter.name(), out));
  }

  /** A remote base is not here to be compared with; its server refuses what does not fit. */
  private void checkFit(AdapterRows rows, AdapterSet.Scaled adapter)
      throws SQLException, IOException {
    var file = copy(rows, adapter);
    var isHere = config.remote().url().isEmpty() && config.model().isPresent();
    if (isHere && !fitting.contains(adapter.sha256())) {
      LoraFit.check(file, config.model().get());
      fitting.add(adapter.sha256());
    }
  }
}
