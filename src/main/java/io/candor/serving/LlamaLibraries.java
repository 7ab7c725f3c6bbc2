package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** llama.cpp's shared libraries, found in a folder and loaded for the life of the process. */
final class LlamaLibraries {
  /** Struct layouts change between releases, so another one is refused. */
  private static final String VERSION = "0.5.";

  private final Path folder;
  private final SymbolLookup ggml;
  private final SymbolLookup llama;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();

  /**
   * A C function. Arguments are boxed, which a call that computes for milliseconds does not notice.
   */
  record Function(String name, MethodHandle handle) {
    Object call(Object... arguments) {
      try {
        return (Object) handle.invokeExact(arguments);
      } catch (Throwable e) {
        throw new IllegalStateException(name + " could not be called", e);
      }
    }

    int callInt(Object... arguments) {
      return (int) call(arguments);
    }

    boolean callBoolean(Object... arguments) {
      return (boolean) call(arguments);
    }

    MemorySegment callPointer(Object... arguments) {
      return (MemorySegment) call(arguments);
    }

    String callString(Object... arguments) {
      return callPointer(arguments).reinterpret(Long.MAX_VALUE).getString(0);
    }
  }

  /**
   * Loads the libraries and the compute backend that fits this machine.
   *
   * @throws IllegalArgumentException if the folder lacks a library or has another version's
   */
  LlamaLibraries(Path folder) {
    this.folder = folder;
    library("ggml-base"); // before those that need it, for systems that do not look beside them
    ggml = library("ggml");
    llama = library("llama");
    var version = function("llama_version", ADDRESS).callString();
    if (!version.startsWith(VERSION)) {
      throw new IllegalArgumentException(
          "%s has llama.cpp %s, but %sx is needed".formatted(folder, version, VERSION));
    }
    function("llama_log_set", null, ADDRESS, ADDRESS).call(LlamaLog.callback(), MemorySegment.NULL);
    loadBackends();
    function("llama_backend_init", null).call();
  }

  Path folder() {
    return folder;
  }

  /** Finds lib{name}.so, lib{name}.v0.5.0.so, {name}.dll, lib{name}.dylib and the like. */
  private SymbolLookup library(String name) {
    var pattern =
        Pattern.compile("(lib)?" + Pattern.quote(name) + "(\\.v?[\\d.]+)?\\.(so|dylib|dll)");
    try (var files = Files.list(folder)) {
      var file =
          files
              .filter(f -> pattern.matcher(f.getFileName().toString()).matches())
              .findFirst()
              .orElseThrow(() -> new IOException("there is no library " + name));
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no usable llama.cpp in the folder %s (%s); check candor.serving.llama-library-path"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private void loadBackends() {
    long registered = (long) bind(ggml, "ggml_backend_reg_count", JAVA_LONG).call();
    if (registered > 0) { // by another class loader of this process
      return;
    }
    try (var arena = Arena.ofConfined()) {
      bind(ggml, "ggml_backend_load_all_from_path", null, ADDRESS)
          .call(arena.allocateFrom(folder.toString()));
    }
  }

  /**
   * A function of llama.cpp, which is bound once: whoever asks for it again gives the same types.
   *
   * @param result null for void
   */
  Function function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return functions.computeIfAbsent(name, _ -> bind(llama, name, result, arguments));
  }

  private static Function bind(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    var address =
        library
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("llama.cpp has no function " + name));
    var descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    var handle = Linker.nativeLinker().downcallHandle(address, descriptor);
    var spread =
        handle
            .asSpreader(Object[].class, handle.type().parameterCount())
            .asType(MethodType.methodType(Object.class, Object[].class));
    return new Function(name, spread);
  }
}
