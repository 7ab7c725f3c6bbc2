package io.candor.cli;

import io.candor.cli.Figure.Bound;
import io.candor.cli.Figure.Unit;
import io.candor.embedded.CandorHome;
import io.candor.embedded.Disk;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.Parts;
import io.candor.evaluation.AnswerSpeed;
import io.candor.evaluation.ClientChurn;
import io.candor.evaluation.EmbeddingSpeed;
import io.candor.evaluation.EngineChurn;
import io.candor.evaluation.EngineSpeed;
import io.candor.evaluation.Evaluation;
import io.candor.evaluation.Freshness;
import io.candor.evaluation.GoldenSuite;
import io.candor.evaluation.Sample;
import io.candor.evaluation.ServerUnderTest;
import io.candor.evaluation.Suite;
import io.candor.evaluation.SuiteReport;
import io.candor.evaluation.Tenants;
import io.candor.serving.LlamaSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code candor bench} measures on a server of its own, with the targets on two cores. */
final class Benchmarks {
  private static final int EVENTS = 200;
  private static final int REQUESTS = 900;
  private static final int CLIENTS = 100;
  private static final long SEED = 5;

  private final OwnServer server;
  private final PrintStream out;

  Benchmarks(OwnServer server, PrintStream out) {
    this.server = server;
    this.out = out;
  }

  List<Figure> secondStart() throws Exception {
    server.stop();
    OwnServer.Started started = server.start();
    return List.of(
        new Figure(
            "second start",
            started.firstAnswer(),
            Unit.SECONDS,
            Bound.AT_MOST,
            12,
            "until the first answer is there; ready after %.1f s".formatted(started.ready())));
  }

  List<Figure> answers() throws Exception {
    AnswerSpeed.Result result;
    try (ServerUnderTest demo = server.demo()) {
      result = AnswerSpeed.measure(demo, GoldenSuite.answerable(), out);
    }
    return List.of(
        new Figure(
            "first sentence p50",
            result.firstSentence().p50(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            1500,
            "verified, seen by the client; %s; %d without one"
                .formatted(result.firstSentence(), result.unanswered())),
        new Figure(
            "search p95",
            result.search().p95(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            40,
            "over HTTP; " + result.search()),
        new Figure(
            "retrieval p95 in an answer",
            result.retrieval().p95(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            40,
            "from the question's arrival, screening included; " + result.retrieval()));
  }

  List<Figure> freshness() throws Exception {
    Freshness.Result result;
    try (ServerUnderTest tenant = server.tenant("freshness")) {
      result = Freshness.measure(tenant, "freshness", server.kafka(), EVENTS, out);
    }
    return List.of(
        new Figure(
            "publish to in force p50",
            result.changes().p50(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            300,
            "one passage of 20 kB; of it Kafka's acknowledgement p50 %.0f ms"
                .formatted(result.acknowledgements().p50())),
        new Figure(
            "publish to in force p99",
            result.changes().p99(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            1000,
            result.changes().toString()),
        new Figure(
            "deletion in force p99",
            result.deletions().p99(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            1000,
            result.deletions().toString()),
        new Figure(
            "searches without effect",
            result.wrong(),
            Unit.COUNT,
            Bound.AT_MOST,
            0,
            "of %d, the new passage by both halves".formatted(EVENTS)));
  }

  List<Figure> memory() throws Exception {
    ProcessMemory memory = server.memory();
    return List.of(
        new Figure(
            "memory",
            (double) memory.bytes() / (1L << 30),
            Unit.GIBIBYTES,
            Bound.BELOW,
            2.5,
            memory.account() + " of server, model, PostgreSQL and Kafka together"));
  }

  List<Figure> policyStream(Suite suite) throws Exception {
    Path folder = Files.createTempDirectory("candor-bench");
    SuiteReport report;
    try (Tenants tenants = new OwnTenants(server)) {
      report = new Evaluation(folder, Sample.ALL, out).run(suite, tenants);
    } finally {
      Disk.delete(folder);
    }
    List<Figure> figures = new ArrayList<>();
    report
        .tags()
        .forEach((stream, tag) -> {
          figures.add(share(stream + " stale@5", tag.figures().get("stale@5"), Bound.AT_MOST, 0));
          figures.add(
              share(stream + " fresh@5", tag.figures().get("fresh@5"), Bound.AT_LEAST, 0.97));
          figures.add(share(stream + " as-of", tag.figures().get("as of"), Bound.AT_LEAST, 0.97));
        });
    return figures;
  }

  /** Needs no server, but a C compiler. */
  static List<Figure> engine(CandorHome home, PrintStream out) throws IOException {
    EmbeddedParts.setUp(home, out);
    LlamaSettings settings =
        LlamaSettings.usual(new Parts(home).llama(), EmbeddedParts.model(home));
    EngineSpeed.Result result = EngineSpeed.measure(settings, DemoDocuments.text(), out);
    return List.of(
        ratio("prefill", result.prefill(), 0.97, "of llama.cpp used directly; some 500 tokens"),
        ratio("decode, one stream", result.decode(), 0.97, "of llama.cpp used directly; free text"),
        ratio(
            "decode of evidence",
            result.speculation(),
            1.6,
            "of llama.cpp used directly; %.2f of the drafted tokens were right"
                .formatted(result.accepted())),
        ratio("held to its markers", result.markers(), 0.97, "of the same answers without; decode"),
        ratio("held to JSON", result.json(), 0.97, "of free text; decode of one string"),
        ratio("decode, 8 streams", result.streams(), 2.0, "of one stream, in all; free text"),
        new Figure(
            "first words under 8 users",
            result.firstTokens().p95(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            1500,
            "p95, all at once; " + result.firstTokens()),
        new Figure(
            "first words, same prefix",
            result.sharedPrefix(),
            Unit.RATIO,
            Bound.AT_MOST,
            0.5,
            "of the first question's; instructions of some 400 tokens"));
  }

  /** The engine in this process, and then clients of a server of its own. */
  static List<Figure> churn(CandorHome home, PrintStream out) throws Exception {
    EmbeddedParts.setUp(home, out);
    LlamaSettings settings =
        LlamaSettings.usual(new Parts(home).llama(), EmbeddedParts.model(home));
    EngineChurn.Result engine = EngineChurn.measure(settings, REQUESTS, SEED, out);
    ClientChurn.Result clients = clients(out);
    return List.of(
        none("slots not given back", engine.held() + clients.held(), "engine and server"),
        new Figure(
            "memory after churn",
            engine.growth(),
            Unit.RATIO,
            Bound.AT_MOST,
            1.03,
            "of that after a quarter of the requests; own pages: %d MB at first, %d, %d at the end"
                .formatted(engine.atStart() >> 20, engine.warm() >> 20, engine.atEnd() >> 20)),
        none(
            "requests unlike alone",
            engine.different(),
            "of %d finished of %d, with the same seed".formatted(engine.finished(), REQUESTS)),
        none("requests failed", engine.failed(), "of %d".formatted(REQUESTS)),
        none(
            "answers unlike alone",
            clients.different(),
            "of %d read to their end by %d clients over HTTP"
                .formatted(clients.finished(), CLIENTS)));
  }

  /** Without what would hide that a model answers differently: memory, and impatience. */
  private static ClientChurn.Result clients(PrintStream out) throws Exception {
    Map<String, String> settings =
        Map.of("candor.chat.remembered-answers", "0", "candor.chat.patience", "60S");
    try (OwnServer own = OwnServer.in("churn", settings, out);
        ServerUnderTest demo = own.demo()) {
      own.deleteAtEnd();
      return ClientChurn.measure(demo, GoldenSuite.answerable(), CLIENTS, SEED, out);
    }
  }

  private static Figure none(String name, int count, String note) {
    return new Figure(name, count, Unit.COUNT, Bound.AT_MOST, 0, note);
  }

  private static Figure ratio(String name, double value, double target, String note) {
    return new Figure(name, value, Unit.RATIO, Bound.AT_LEAST, target, note);
  }

  /** Needs no server. */
  static List<Figure> embedding(PrintStream out) {
    EmbeddingSpeed.Result result = EmbeddingSpeed.measure(DemoDocuments.text(), out);
    return List.of(
        new Figure(
            "embedding throughput",
            result.ratio(),
            Unit.RATIO,
            Bound.AT_LEAST,
            1.9,
            "of LangChain4j's wrapper; chunks of 700 characters, %.1f/s against %.1f/s"
                .formatted(result.own(), result.wrapper())),
        share("embedding similarity", result.similarity(), Bound.AT_LEAST, 0.98));
  }

  private static Figure share(String name, double value, Bound bound, double target) {
    return new Figure(name, value, Unit.SHARE, bound, target, "");
  }
}
