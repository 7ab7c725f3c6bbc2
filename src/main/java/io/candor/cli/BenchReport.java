package io.candor.cli;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of one run, with what else this machine was busy with. */
final class BenchReport {
  /** Measures one part. */
  interface Part {
    List<Figure> measure() throws Exception;
  }

  /** The load average is of the last minute, the measured load itself included. */
  private record Section(String part, double load, List<Figure> figures) {}

  private final double loadBefore = load();
  private final List<Section> sections = new ArrayList<>();

  /** A part that fails is a figure too: the others are still worth having. */
  void measure(String name, Part part, PrintStream out) {
    out.printf("measuring %s%n", name);
    List<Figure> figures;
    try {
      figures = part.measure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted.", e);
    } catch (Exception e) {
      Failures.report(e);
      figures = List.of(Figure.failed(name, "failed: " + e.getMessage()));
    }
    sections.add(new Section(name, load(), figures));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(System.lineSeparator());
    sections.stream()
        .flatMap(section -> section.figures().stream())
        .forEach(figure -> table.append(figure).append(System.lineSeparator()));
    table.append(
        String.format(
            Locale.ROOT, "%d cores, load average %.1f before the run; after", cores(), loadBefore));
    sections.forEach(section ->
        table.append(String.format(Locale.ROOT, " %s %.1f", section.part(), section.load())));
    return table.append(System.lineSeparator()).toString();
  }

  /** What is written as JSON. */
  Map<String, Object> json() {
    return Map.of(
        "at",
        Instant.now().toString(),
        "cores",
        cores(),
        "load_before",
        loadBefore,
        "parts",
        sections);
  }
}
