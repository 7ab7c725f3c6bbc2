package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.candor.serving.LlamaLibraries.Function;
import io.candor.serving.lora.LoraQuantisation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The adapters in memory, and those that a context computes with: a context has one set at a time.
 * Confined to the inference thread.
 */
final class LlamaAdapters implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(LlamaAdapters.class);
  private static final int MOST_LOADED = 16;

  /** Where an adapter is, by its SHA-256. */
  interface Files {
    Path file(String sha256);
  }

  private final LlamaModel model;
  private final LlamaContext context;
  private final Files files;
  private final Function load;
  private final Function free;
  private final Map<String, MemorySegment> loaded = new LinkedHashMap<>(16, .75f, true);
  private final Map<String, Served> served = new HashMap<>();
  private AdapterSet current = AdapterSet.NONE;

  /**
   * What llama.cpp loads for an adapter.
   *
   * @param asBase whether its kernels are the base's
   */
  private record Served(Path file, boolean asBase) {}

  LlamaAdapters(LlamaNative llama, LlamaModel model, LlamaContext context, Files files) {
    this.model = model;
    this.context = context;
    this.files = files;
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
   * depend on how many they are: as many as with the base alone where all of them could be put into
   * its type, else two.
   *
   * @param ofBase of the base alone; one with 8-bit weights only
   */
  int leastRows(AdapterSet adapters, int ofBase) {
    boolean asBase =
        adapters.adapters().stream()
            .allMatch(a -> served.computeIfAbsent(a.sha256(), sha -> serve(sha, ofBase)).asBase());
    return asBase ? ofBase : 2;
  }

  private Served serve(String sha256, int ofBase) {
    var file = files.file(sha256);
    var quantised = file.resolveSibling(sha256 + "-q8_0.gguf");
    try {
      boolean can = ofBase == 1 && LoraQuantisation.write(file, quantised);
      return can ? new Served(quantised, true) : new Served(file, false);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf("the adapter %s is served as it is: %s", sha256, e.getMessage());
      return new Served(file, false);
    }
  }

  private MemorySegment load(String sha256) {
    try (var arena = Arena.ofConfined()) {
      LlamaLog.lastErrors();
      var known = served.get(sha256);
      var file = (known == null ? files.file(sha256) : known.file()).toString();
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
