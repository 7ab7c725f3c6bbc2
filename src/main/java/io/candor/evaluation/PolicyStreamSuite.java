package io.candor.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plays dated changes of real policies against a running server, and asks about each change right
 * after it was acknowledged: is the new sentence found, is the old one gone, and is the old one
 * still found as of the moment before?
 *
 * <p>The command line runs it; the definitions are those of the data folder's README.
 */
public final class PolicyStreamSuite {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RESULTS = 5;

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)](?:\\([^)]*\\)|\\[[^\\]]*])");
  private static final Pattern MARKS = Pattern.compile("[_*`]|<[^>]*>");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final PolicyStreamClient client;
  private final PrintStream out;

  private PolicyStreamSuite(PolicyStreamClient client, PrintStream out) {
    this.client = client;
    this.out = out;
  }

  /**
   * Plays every stream in the folder, one after the other, into the key's tenant.
   *
   * @param base of the server, as http://localhost:8080
   * @param data the folder with *.jsonl and *.probes.jsonl
   * @param out gets a progress line and one line per stream
   */
  public static PolicyStreamReport run(URI base, String apiKey, Path data, PrintStream out)
      throws IOException, InterruptedException {
    try (var client = new PolicyStreamClient(base, apiKey)) {
      var suite = new PolicyStreamSuite(client, out);
      var streams = new ArrayList<PolicyStreamReport.Stream>();
      for (var stream : parts(data).entrySet()) {
        streams.add(suite.play(stream.getKey(), stream.getValue()));
        out.println(streams.getLast());
      }
      return new PolicyStreamReport(streams);
    }
  }

  /** The files of each stream in order, by its name. */
  private static Map<String, List<Path>> parts(Path data) throws IOException {
    try (var files = Files.list(data)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .filter(file -> !file.toString().endsWith(".probes.jsonl"))
          .sorted()
          .collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replaceFirst("(\\.part\\d+)?\\.jsonl$", ""),
                  TreeMap::new,
                  Collectors.toList()));
    }
  }

  private PolicyStreamReport.Stream play(String name, List<Path> files)
      throws IOException, InterruptedException {
    var events = new ArrayList<JsonNode>();
    var probes = new HashMap<Integer, List<JsonNode>>();
    for (var file : files) {
      events.addAll(lines(file));
      var sibling = file.getFileName().toString().replaceFirst("\\.jsonl$", ".probes.jsonl");
      for (var probe : lines(file.resolveSibling(sibling))) {
        probes.computeIfAbsent(probe.get("seq").asInt(), seq -> new ArrayList<>()).add(probe);
      }
    }
    var inForce = new HashMap<String, String>();
    var tally = new PolicyStreamTally(name);
    var progress = new Progress(out, name, events.size());
    for (var event : events) {
      var token = apply(name, event, inForce, tally);
      var acknowledged = System.nanoTime();
      for (var probe : probes.getOrDefault(event.get("seq").asInt(), List.of())) {
        ask(event, probe, token, inForce, tally);
        tally.seconds(Duration.ofNanos(System.nanoTime() - acknowledged));
      }
      progress.step();
    }
    // Out of the way of the next stream.
    var end = Instant.parse(events.getLast().get("date").asText()).plusSeconds(1);
    for (var key : inForce.keySet()) {
      client.retire(key, end);
    }
    return tally.figures();
  }

  /** The token of the event, once it is acknowledged. */
  private String apply(
      String stream, JsonNode event, Map<String, String> inForce, PolicyStreamTally tally)
      throws IOException, InterruptedException {
    var date = Instant.parse(event.get("date").asText());
    var key = stream + "/" + event.get("path").asText();
    var op = event.get("op").asText();
    String token = null;
    if (op.equals("rename")) {
      var previous = stream + "/" + event.get("prev_path").asText();
      token = client.retire(previous, date);
      inForce.remove(previous);
    }
    if (op.equals("delete")) {
      token = client.retire(key, date);
      inForce.remove(key);
    } else {
      var text = event.get("text").asText();
      var title = event.get("title").asText("");
      token = client.publish(key, title.isBlank() ? event.get("path").asText() : title, text, date);
      inForce.put(key, normal(text));
    }
    tally.event();
    return token;
  }

  private void ask(
      JsonNode event,
      JsonNode probe,
      String token,
      Map<String, String> inForce,
      PolicyStreamTally tally)
      throws IOException, InterruptedException {
    var question = probe.get("title").asText() + " " + probe.get("cloze").asText();
    var fresh = normal(probe.get("new_sentence").asText());
    var stale = normal(probe.get("old_sentence").asText());
    var now = client.search(question, RESULTS, null, token);
    var livesOn = inForce.values().stream().anyMatch(text -> text.contains(stale));
    var before = Instant.parse(event.get("date").asText()).minusSeconds(1);
    var then = client.search(question, RESULTS, before, token);
    tally.probe(
        rank(now, fresh),
        rank(now, stale) <= RESULTS && !livesOn,
        now.stream().anyMatch(result -> !inForce.containsKey(result.document())),
        rank(then, stale) <= RESULTS);
  }

  /** The place of the first result that holds the sentence, from 1. */
  private static int rank(List<PolicyStreamClient.Result> results, String sentence) {
    for (int i = 0; i < results.size(); i++) {
      if (normal(results.get(i).text()).contains(sentence)) {
        return i + 1;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** The words alone: the probes' sentences come without their Markdown. */
  private static String normal(String text) {
    var plain = MARKS.matcher(LINK.matcher(text).replaceAll("$1")).replaceAll("");
    return NO_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(file)) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }
}
