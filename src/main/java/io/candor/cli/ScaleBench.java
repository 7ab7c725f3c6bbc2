package io.candor.cli;

import io.candor.cli.Figure.Bound;
import io.candor.cli.Figure.Unit;
import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.evaluation.ScaleBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Search among a million generated chunks, in a database of its own below the user's home. */
final class ScaleBench {
  /** As an operator gives a database of this size, on a machine with 16 GB. */
  private static final String SHARED_BUFFERS = "4GB";

  private final int chunks;
  private final boolean keep;
  private final PrintStream out;

  ScaleBench(int chunks, boolean keep, PrintStream out) {
    this.chunks = chunks;
    this.keep = keep;
    this.out = out;
  }

  /** Its data stay where it was stopped or failed, so that the next run goes on there. */
  List<Figure> measure() throws Exception {
    CandorHome outer = CandorHome.locate();
    EmbeddedParts.setUp(outer, out);
    CandorHome home = outer.nested("bench-scale-" + chunks);
    System.setProperty(EmbeddedParts.SHARED_BUFFERS, SHARED_BUFFERS);
    ScaleBenchmark.Result result;
    try (EmbeddedParts parts = EmbeddedParts.start(outer, home)) {
      Map<String, String> database = parts.configuration();
      String url = database.get("quarkus.datasource.jdbc.url");
      String owner = database.get("quarkus.flyway.username");
      String password = database.get("quarkus.flyway.password");
      Flyway.configure().dataSource(url, owner, password).load().migrate();
      try (Connection connection = DriverManager.getConnection(url, owner, password)) {
        result = ScaleBenchmark.measure(connection, chunks, out);
      }
    }
    finish(home);
    print(result);
    return figures(result);
  }

  private void finish(CandorHome home) throws IOException {
    if (keep) {
      out.println("its data are in " + home.root());
    } else {
      home.deleteData();
    }
  }

  private void print(ScaleBenchmark.Result result) {
    result
        .seconds()
        .forEach((step, seconds) -> out.printf(Locale.ROOT, "  %-34s %8.0f s%n", step, seconds));
    result
        .bytes()
        .forEach((name, bytes) -> out.printf(Locale.ROOT, "  %-34s %8.0f MB%n", name, bytes / 1e6));
  }

  private static List<Figure> figures(ScaleBenchmark.Result result) {
    List<Figure> figures = new ArrayList<>();
    for (ScaleBenchmark.Case one : result.cases()) {
      figures.add(
          new Figure(
              "search p95, " + one.name(),
              one.times().p95(),
              Unit.MILLISECONDS,
              Bound.AT_MOST,
              25,
              "the statement, warm; " + one.times()));
      figures.add(recall("by meaning", one.vectorRecall(), one));
      figures.add(recall("by words", one.wordsRecall(), one));
      figures.add(recall("fused", one.fusedRecall(), one));
    }
    figures.add(
        new Figure(
            "search p95 with embedding",
            result.embedded().p95(),
            Unit.MILLISECONDS,
            Bound.BELOW,
            40,
            result.embedded().toString()));
    return figures;
  }

  private static Figure recall(String half, double value, ScaleBenchmark.Case one) {
    return new Figure(
        "recall@10 " + half, value, Unit.SHARE, Bound.AT_LEAST, 0.95, one.name() + ", of exact");
  }
}
