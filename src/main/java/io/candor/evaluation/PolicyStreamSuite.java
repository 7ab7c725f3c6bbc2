package io.candor.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plays dated changes of real policies, and asks about each change right after it was acknowledged:
 * is the new sentence found, is the old one gone, and is the old one still found as of the moment
 * before? The definitions are those of the data folder's README.
 *
 * <p>The events before a question are played when it is asked, so that a resumed run plays them
 * again without asking again, from the first, in a tenant that has seen none of them.
 */
final class PolicyStreamSuite implements Suite {
  static final List<Figure> FIGURES =
      List.of(
          Figure.mean("fresh@1"),
          Figure.mean("fresh@5"),
          Figure.mean("stale@5").toLower(),
          Figure.mean("as of"),
          Figure.sumToLower("refused documents"));

  private static final int NOT_FOUND = 404;

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)](?:\\([^)]*\\)|\\[[^\\]]*])");
  private static final Pattern MARKS = Pattern.compile("[_*`]|<[^>]*>");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final SuiteDefinition definition;
  private final Map<String, PolicyStream> streams;
  private final Map<String, String> inForce = new HashMap<>();
  private final String tenant;
  private String playing = "";
  private Iterator<PolicyStream.Event> events;
  private PolicyStream.Event played;
  private String token;
  private long acknowledged;
  private int refused;

  PolicyStreamSuite(SuiteDefinition definition, Path folder) throws IOException {
    this.definition = definition;
    this.tenant = definition.name() + "-" + Long.toString(System.currentTimeMillis(), 36);
    this.streams = PolicyStream.find(folder);
  }

  @Override
  public SuiteDefinition definition() {
    return definition;
  }

  @Override
  public Stream<Question> questions() {
    return streams.values().stream().flatMap(PolicyStream::probes);
  }

  @Override
  public Result ask(Question question, Tenants tenants) {
    var server = tenants.named(tenant);
    play(question, server);
    var stale = normal(question.expect().path("old_sentence").asText());
    var now = search(server, question.text(), null, token);
    var then = search(server, question.text(), played.date().minusSeconds(1), token);
    var millis = (System.nanoTime() - acknowledged) / 1e6;
    var livesOn = inForce.values().stream().anyMatch(text -> text.contains(stale));
    int fresh = rank(now, normal(question.expect().path("new_sentence").asText()));
    boolean isStale = rank(now, stale) > 0 && !livesOn;
    boolean isRetired = now.stream().anyMatch(this::isRetired);
    boolean isPast = rank(then, stale) > 0;
    var faults = new ArrayList<String>();
    if (fresh == 0) {
      faults.add("the new sentence is not found");
    }
    if (isStale) {
      faults.add("the old sentence is");
    }
    if (isRetired) {
      faults.add("a document not in force is found");
    }
    if (!isPast) {
      faults.add("the old sentence is not found as of before");
    }
    var draft =
        new ResultDraft(question)
            .score("fresh@1", fresh == 1)
            .score("fresh@5", fresh > 0)
            .score("stale@5", isStale || isRetired)
            .score("as of", isPast)
            .score("refused documents", refused)
            .took("acknowledged to found", millis);
    refused = 0;
    return draft.done(
        question.expect().path("new_sentence").asText(),
        "",
        now.stream().map(found -> found.shown(question)).toList(),
        String.join(", ", faults));
  }

  /** Up to the event that the question is about. */
  private void play(Question question, ServerUnderTest server) {
    var stream = question.tags().getFirst();
    int sequence = question.expect().path("seq").asInt();
    if (!stream.equals(playing)) {
      // out of the way of the next stream
      inForce.keySet().forEach(key -> retire(server, key, played.date().plusSeconds(1)));
      inForce.clear();
      playing = stream;
      events = streams.get(stream).events().iterator();
      played = null;
    }
    while (played == null || played.sequence() < sequence) {
      played = events.next();
      token = apply(server, played);
      acknowledged = System.nanoTime();
    }
  }

  /** The token of the event, once it is acknowledged; null where it changed nothing. */
  private String apply(ServerUnderTest server, PolicyStream.Event event) {
    var key = key(event.path());
    return switch (event.op()) {
      case "delete" -> {
        inForce.remove(key);
        yield retire(server, key, event.date());
      }
      case "rename" -> {
        inForce.remove(key(event.previousPath()));
        retire(server, key(event.previousPath()), event.date());
        yield publish(server, key, event);
      }
      case "add", "modify" -> publish(server, key, event);
      default -> throw new IllegalArgumentException("unknown op " + event.op());
    };
  }

  private String publish(ServerUnderTest server, String key, PolicyStream.Event event) {
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
      refused++;
      return null;
    }
  }

  private static String retire(ServerUnderTest server, String key, Instant until) {
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
    return playing + "/" + path;
  }

  private record Found(String document, String title, String text) {
    boolean holds(String sentence) {
      return normal(text).contains(sentence);
    }

    Result.Passage shown(Question question) {
      var fresh = normal(question.expect().path("new_sentence").asText());
      return Result.passage(document, title, text, holds(fresh));
    }
  }

  private boolean isRetired(Found found) {
    return found.document().startsWith(key("")) && !inForce.containsKey(found.document());
  }

  /** Asked as of an instant, or of now for null; after a token, if there is one. */
  private List<Found> search(ServerUnderTest server, String query, Instant asOf, String after) {
    var body = new HashMap<String, Object>(Map.of("query", query, "k", definition.results()));
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
        .map(hit ->
            new Found(
                hit.path("document").asText(),
                hit.path("title").asText(),
                hit.path("text").asText()))
        .toList();
  }

  /** The place of the first result that holds the sentence, from 1; 0 where none does. */
  private static int rank(List<Found> results, String sentence) {
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).holds(sentence)) {
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
