package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.candor.serving.LlamaLibraries.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The adapters in memory, and those that a context computes with: a context has one set at a time.
 * Confined to the inference thread.
 */
final class LlamaAdapters implements AutoCloseable {
  private static final int MOST_LOADED = 16;

  /** Where adapters are on this machine's disk. */
  interface Files {
    /** By the SHA-256 of what was stored. */
    Found find(String sha256);
  }

  /**
   * An adapter's files.
   *
   * @param stored as it came
   * @param inEightBits what it becomes in the type of an 8-bit base, where it can
   */
  record Found(Path stored, Optional<Path> inEightBits) {}

  private final LlamaModel model;
  private final LlamaContext context;
  private final Files files;
  private final int rowsOfBase;
  private final Function load;
  private final Function free;
  private final Map<String, MemorySegment> loaded = new LinkedHashMap<>(16, .75f, true);
  private AdapterSet current = AdapterSet.NONE;

  /**
   * @param rowsOfBase how many rows must be computed at once with the base alone ({@link
   *     RowInvariance}); one with 8-bit weights only
   */
  LlamaAdapters(
      LlamaNative llama, LlamaModel model, LlamaContext context, Files files, int rowsOfBase) {
    this.model = model;
    this.context = context;
    this.files = files;
    this.rowsOfBase = rowsOfBase;
    load = llama.function("llama_adapter_lora_init", ADDRESS, ADDRESS, ADDRESS);
    free = llama.function("llama_adapter_lora_free", null, ADDRESS);
  }

  /**
   * Has the next steps computed with these adapters; loads those that are not in memory.
   *
   * @throws IllegalArgumentException if one cannot be loaded; the set is as before then
   */
  void use(AdapterSet adapters) {
    if (adapters.equals(current)) {
      return;
    }
    var pointers =
        adapters.adapters().stream()
            .map(adapter -> loaded.computeIfAbsent(adapter.sha256(), this::load))
            .toList();
    var scales = adapters.adapters().stream().map(AdapterSet.Scaled::scale).toList();
    context.useAdapters(pointers, scales);
    current = adapters;
    forget();
  }

  /**
   * How many rows must be computed at once with these adapters, so that a row's result does not
   * depend on how many they are: as many as with the base alone where all of them are served in its
   * type, else two.
   */
  int leastRows(AdapterSet adapters) {
    boolean asBase =
        adapters.adapters().stream()
            .allMatch(adapter -> asBase(files.find(adapter.sha256())).isPresent());
    return asBase ? rowsOfBase : 2;
  }

  /** The file whose kernels are the base's. */
  private Optional<Path> asBase(Found found) {
    return rowsOfBase == 1 ? found.inEightBits() : Optional.empty();
  }

  private MemorySegment load(String sha256) {
    try (var arena = Arena.ofConfined()) {
      LlamaLog.lastErrors();
      var found = files.find(sha256);
      var file = asBase(found).orElse(found.stored()).toString();
      var adapter = load.callPointer(model.pointer(), arena.allocateFrom(file));
      if (adapter.equals(MemorySegment.NULL)) {
        throw new IllegalArgumentException(
            "llama.cpp cannot load the adapter %s: %s".formatted(file, LlamaLog.lastErrors()));
      }
      return adapter;
    }
  }

  /** Those that were not used for longest make room. */
  private void forget() {
    var inUse = current.adapters().stream().map(AdapterSet.Scaled::sha256).toList();
    var oldestFirst = List.copyOf(loaded.keySet());
    for (var sha256 : oldestFirst) {
      if (loaded.size() > MOST_LOADED && !inUse.contains(sha256)) {
        free.call(loaded.remove(sha256));
      }
    }
  }

  @Override
  public void close() {
    use(AdapterSet.NONE);
    loaded.values().forEach(free::call);
    loaded.clear();
  }
}
