package io.candor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What stands in {@code k8s} is what the chart renders: {@code helm template candor helm/candor}.
 */
class KubernetesManifestTest {
  @Test
  void theManifestIsWhatTheChartRenders() throws IOException, InterruptedException {
    var process = render();
    var rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), rendered);
    assertEquals(Files.readString(Path.of("k8s/candor.yaml")), rendered);
  }

  private static Process render() throws InterruptedException {
    try {
      return new ProcessBuilder("helm", "template", "candor", "helm/candor")
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      System.err.println(
          "NOT TESTED: helm is not installed, so k8s was not compared with the chart");
      assumeTrue(false);
      throw new IllegalStateException(e);
    }
  }
}
