package io.candor.serving;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What llama.cpp computes with on this machine, for people. */
public final class LlamaBackend {
  private LlamaBackend() {}

  /**
   * The instructions that the loaded compute backend uses, such as {@code CPU: AVX2 FMA AVX512}.
   *
   * @param libraries the folder of llama.cpp's shared libraries
   * @throws IllegalArgumentException if they cannot be used
   */
  public static String describe(Path libraries) {
    var info =
        LlamaNative.load(libraries).function("llama_print_system_info", ADDRESS).callString();
    return Arrays.stream(info.split("\\|"))
        .map(String::strip)
        .filter(feature -> feature.endsWith("= 1"))
        .map(feature -> feature.replace(" = 1", "").replace(" :", ":"))
        .collect(Collectors.joining(" "));
  }
}
