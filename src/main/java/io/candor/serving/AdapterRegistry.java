package io.candor.serving;

import io.candor.security.TenantTransaction;
import io.candor.serving.TenantVoice.Canary;
import io.candor.serving.lora.LoraFit;
import io.candor.serving.lora.LoraMerge;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
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
    T with(AdapterRows rows, VoiceRows voices) throws SQLException, IOException;
  }

  private <T> T call(UUID tenant, Work<T> work) {
    return transaction.call(
        tenant,
        () -> {
          try (var connection = database.getConnection()) {
            return work.with(new AdapterRows(connection), new VoiceRows(connection));
          }
        });
  }

  /** A tenant's adapters, in the order of their names. */
  public List<StoredAdapter> list(UUID tenant) {
    return call(tenant, (rows, _) -> rows.all());
  }

  /** All that is known of one adapter; nothing if there is none. */
  Optional<AdapterVersion> version(UUID tenant, String name) {
    return call(
        tenant,
        (rows, _) -> {
          var found = rows.find(name);
          return found.isPresent() ? Optional.of(rows.version(found.get())) : Optional.empty();
        });
  }

  /**
   * Stores an adapter that comes as a stream; the same content again changes nothing.
   *
   * @throws NameTaken if the name stands for other content
   * @throws IllegalArgumentException if it is no adapter or does not fit the base
   */
  StoredAdapter add(UUID tenant, String name, InputStream content) throws IOException {
    var file = files.unfinished();
    try {
      Files.copy(content, file);
      if (baseIsHere()) {
        LoraFit.check(file, config.model().get());
      }
      return call(tenant, (rows, _) -> rows.add(tenant, name, file));
    } catch (NameTaken e) {
      throw e;
    } catch (IllegalArgumentException e) {
      var message =
          e.getMessage().replace(file.toString(), "the file"); // they know no name of ours
      throw new IllegalArgumentException(message, e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Keeps how an adapter was made, unless that is known.
   *
   * @throws IllegalArgumentException if there is no such adapter, or the run made another
   */
  AdapterVersion setRun(UUID tenant, String name, String json) {
    return call(
        tenant,
        (rows, _) -> {
          rows.setRun(name, TrainingRun.of(json, rows.required(name).sha256()));
          return rows.version(rows.required(name));
        });
  }

  /** Keeps what the gate found of an adapter. */
  StoredAdapter addVerdict(UUID tenant, String name, boolean passed, String verdict) {
    return call(
        tenant,
        (rows, _) -> {
          rows.required(name);
          rows.addVerdict(tenant, name, passed, verdict);
          return rows.required(name);
        });
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
        (rows, _) -> {
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
        (rows, voices) -> {
          rows.required(name);
          if (voices.latest().names().contains(name)) {
            throw new IllegalArgumentException(
                "the voice uses '%s'; set another voice first".formatted(name));
          }
          rows.remove(name);
          return null;
        });
  }

  /** The voice of a tenant, as of now: a change holds from the next answer on, on every replica. */
  public TenantVoice voice(UUID tenant) {
    return call(
        tenant,
        (rows, voices) -> {
          var voice = voices.latest();
          copyAll(rows, voice.active());
          copyAll(rows, voice.canary().map(Canary::candidate).orElse(AdapterSet.NONE));
          return voice;
        });
  }

  /** The voices that a tenant had, the latest first. */
  List<TenantVoice> voices(UUID tenant, int most) {
    return call(tenant, (_, voices) -> voices.latest(most));
  }

  /** The adapters that a conversation began with; nothing if one was removed since. */
  public Optional<AdapterSet> kept(UUID tenant, Map<String, Float> scales) {
    if (scales.isEmpty()) {
      return Optional.of(AdapterSet.NONE);
    }
    return call(
        tenant,
        (rows, _) -> {
          var adapters = new ArrayList<AdapterSet.Scaled>();
          for (var entry : scales.entrySet()) {
            rows.find(entry.getKey()).ifPresent(it -> adapters.add(scaled(it, entry.getValue())));
          }
          var set = new AdapterSet(adapters);
          copyAll(rows, set);
          return Optional.of(set).filter(_ -> adapters.size() == scales.size());
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
        (rows, _) -> {
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
   * @param by the API key's id
   * @throws NotPassed if one that not everybody hears already did not pass the gate, unless forced
   * @throws IllegalArgumentException if one is missing or does not fit the base
   */
  TenantVoice setVoice(UUID tenant, AdapterUses.Voice wanted, String by) {
    return call(
        tenant,
        (rows, voices) -> {
          var active = checked(rows, AdapterUses.scales(wanted.adapters()));
          var canary = Optional.<Canary>empty();
          if (wanted.canary() != null) {
            var candidate = checked(rows, AdapterUses.scales(wanted.canary().adapters()));
            canary = Optional.of(new Canary(candidate, wanted.canary().share()));
          }
          var voice = new TenantVoice(active, canary, Optional.empty());
          var now = voices.latest();
          if (!wanted.force()) {
            requirePassed(rows, voice, now);
          }
          var previous = now.set().map(TenantVoice.Change::number);
          voices.add(tenant, voice, "set", by, previous);
          return voices.latest();
        });
  }

  private static void requirePassed(AdapterRows rows, TenantVoice wanted, TenantVoice now)
      throws SQLException, IOException {
    var heard = now.active().names();
    for (var name : wanted.names()) {
      var adapter = rows.required(name);
      if (!heard.contains(name) && !adapter.passed().orElse(false)) {
        throw new NotPassed(rows.version(adapter));
      }
    }
  }

  /**
   * Goes back to the voice before the one that counts now, and one further back each time.
   *
   * @throws IllegalArgumentException if there is none, or one of its adapters was removed
   */
  TenantVoice rollBack(UUID tenant, String by) {
    return call(
        tenant,
        (_, voices) -> {
          var now = voices.latest();
          var previous = now.set().flatMap(TenantVoice.Change::previous);
          if (previous.isEmpty() && now.isBase()) {
            throw new IllegalArgumentException("there is no voice before this one");
          }
          var earlier = previous.isPresent() ? intact(voices, previous.get()) : TenantVoice.BASE;
          var before = earlier.set().flatMap(TenantVoice.Change::previous);
          voices.add(tenant, earlier, "rollback", by, before);
          return voices.latest();
        });
  }

  private static TenantVoice intact(VoiceRows voices, long number) throws SQLException {
    var removed = voices.removed(number);
    if (!removed.isEmpty()) {
      throw new IllegalArgumentException(
          "the voice before used %s, removed since; set another voice"
              .formatted(String.join(", ", removed)));
    }
    return voices.numbered(number);
  }

  private AdapterSet checked(AdapterRows rows, Map<String, Float> scales)
      throws SQLException, IOException {
    if (scales.size() > MOST_IN_A_VOICE) {
      throw new IllegalArgumentException(
          "a voice has at most %d adapters; merge some".formatted(MOST_IN_A_VOICE));
    }
    var adapters = new ArrayList<AdapterSet.Scaled>();
    for (var entry : scales.entrySet()) {
      var adapter = scaled(rows.required(entry.getKey()), entry.getValue());
      checkFit(rows, adapter);
      adapters.add(adapter);
    }
    var set = new AdapterSet(adapters);
    if (config.remote().url().isPresent()) {
      set.only();
    }
    return set;
  }

  private static AdapterSet.Scaled scaled(StoredAdapter adapter, float scale) {
    return new AdapterSet.Scaled(adapter.name(), adapter.sha256(), scale);
  }

  private Path copy(AdapterRows rows, AdapterSet.Scaled adapter) throws SQLException, IOException {
    return files.copy(adapter.sha256(), out -> rows.write(adapter.name(), out));
  }

  private void copyAll(AdapterRows rows, AdapterSet adapters) throws SQLException, IOException {
    for (var adapter : adapters.adapters()) {
      copy(rows, adapter);
    }
  }

  private void checkFit(AdapterRows rows, AdapterSet.Scaled adapter)
      throws SQLException, IOException {
    var file = copy(rows, adapter);
    if (baseIsHere() && !fitting.contains(adapter.sha256())) {
      LoraFit.check(file, config.model().get());
      fitting.add(adapter.sha256());
    }
  }

  /** A remote base is not here to be compared with; its server refuses what does not fit. */
  private boolean baseIsHere() {
    return config.remote().url().isEmpty() && config.model().isPresent();
  }
}
