package io.candor.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Plays dated changes of real policies against a running server, and asks about each change right
 * after it was acknowledged: is the new sentence found, is the old one gone, and is the old one
 * still found as of the moment before?
 *
 * <p>The command line runs it; the definitions are those of the data folder's README.
 */
public final class PolicyStreamSuite {
  private static final int RESULTS = 5;
  private static final int NOT_FOUND = 404;

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)](?:\\([^)]*\\)|\\[[^\\]]*])");
  private static final Pattern MARKS = Pattern.compile("[_*`]|<[^>]*>");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final ServerUnderTest server;
  private final PolicyStream stream;
  private final Map<String, String> inForce = new HashMap<>();
  private final List<PolicyStreamReport.Outcome> outcomes = new ArrayList<>();
  private int skipped;

  private PolicyStreamSuite(ServerUnderTest server, PolicyStream stream) {
    this.server = server;
    this.stream = stream;
  }

  /** The names of the streams in that folder. */
  public static List<String> streams(Path folder) throws IOException {
    return List.copyOf(PolicyStream.find(folder).keySet());
  }

  /**
   * Plays streams one after the other into the key's tenant.
   *
   * @param folder with *.jsonl and *.probes.jsonl
   * @param names of the streams to play
   * @param out gets progress and one line per stream
   */
  public static PolicyStreamReport run(
      ServerUnderTest server, Path folder, List<String> names, PrintStream out) throws IOException {
    var files = PolicyStream.find(folder);
    var played = new ArrayList<PolicyStreamReport.Stream>();
    for (var name : names) {
      var stream = PolicyStream.read(name, files.get(name));
      played.add(new PolicyStreamSuite(server, stream).play(out));
      out.println(played.getLast());
    }
    return new PolicyStreamReport(played);
  }

  private PolicyStreamReport.Stream play(PrintStream out) {
    var events = stream.events();
    var progress = new Progress(out, stream.name(), events.size());
    for (var event : events) {
      var token = apply(event);
      var acknowledged = System.nanoTime();
      for (var probe : stream.about(event)) {
        outcomes.add(ask(event, probe, token, acknowledged));
      }
      progress.step();
    }
    // out of the way of the next stream
    var end = events.getLast().date().plusSeconds(1);
    inForce.keySet().forEach(key -> retire(key, end));
    return new PolicyStreamReport.Stream(stream.name(), events.size(), skipped, outcomes);
  }

  /** The token of the event, once it is acknowledged; null where it changed nothing. */
  private String apply(PolicyStream.Event event) {
    var key = key(event.path());
    return switch (event.op()) {
      case "delete" -> {
        inForce.remove(key);
        yield retire(key, event.date());
      }
      case "rename" -> {
        inForce.remove(key(event.previousPath()));
        retire(key(event.previousPath()), event.date());
        yield publish(key, event);
      }
      case "add", "modify" -> publish(key, event);
      default -> throw new IllegalArgumentException("unknown op " + event.op());
    };
  }

  private String publish(String key, PolicyStream.Event event) {
    var document =
        Map.of(
            "title", event.title(),
            "kind", "policy",
            "format", key.endsWith(".html") ? "html" : "markdown",
            "text", event.text(),
            "valid_from", event.date().toString());
    try {
      var written = server.put(key, document);
      inForce.put(key, normal(event.text()));
      return written.at("/knowledge/token").asText();
    } catch (ServerUnderTest.Refused e) {
      if (e.status() >= 500) {
        throw e;
      }
      skipped++;
      return null;
    }
  }

  private String retire(String key, Instant until) {
    try {
      return server.delete(key, until.toString()).at("/knowledge/token").asText();
    } catch (ServerUnderTest.Refused e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return null;
    }
  }

  private String key(String path) {
    return stream.name() + "/" + path;
  }

  private record Result(String document, String sentences) {}

  private PolicyStreamReport.Outcome ask(
      PolicyStream.Event event, PolicyStream.Probe probe, String token, long acknowledged) {
    var stale = normal(probe.oldSentence());
    var now = search(probe.question(), null, token);
    var then = search(probe.question(), event.date().minusSeconds(1), token);
    var millis = (System.nanoTime() - acknowledged) / 1e6;
    var livesOn = inForce.values().stream().anyMatch(text -> text.contains(stale));
    return new PolicyStreamReport.Outcome(
        probe.id(),
        probe.question(),
        rank(now, normal(probe.newSentence())),
        rank(now, stale) > 0 && !livesOn,
        now.stream().anyMatch(this::isRetired),
        rank(then, stale) > 0,
        millis);
  }

  private boolean isRetired(Result result) {
    return result.document().startsWith(key("")) && !inForce.containsKey(result.document());
  }

  /** Asked as of an instant, or of now for null; after a token, if there is one. */
  private List<Result> search(String query, Instant asOf, String after) {
    var body = new HashMap<String, Object>(Map.of("query", query, "k", RESULTS));
    if (asOf != null) {
      body.put("as_of", asOf.toString());
    }
    if (after != null) {
      body.put("after", after);
    }
    return server
        .post("/api/v1/search", body)
        .path("results")
        .valueStream()
        .map(hit -> new Result(hit.path("document").asText(), normal(hit.path("text").asText())))
        .toList();
  }

  /** The place of the first result that holds the sentence, from 1; 0 where none does. */
  private static int rank(List<Result> results, String sentence) {
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).sentences().contains(sentence)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** The words alone: the probes' sentences come without their Markdown. */
  private static String normal(String text) {
    var plain = MARKS.matcher(LINK.matcher(text).replaceAll("$1")).replaceAll("");
    return NO_WORD.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }
}
