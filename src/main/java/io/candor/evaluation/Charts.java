package io.candor.evaluation;

import io.candor.evaluation.Plot.At;
import io.candor.evaluation.Plot.Tick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** What a suite's report draws; empty where the suite has nothing of the kind. */
final class Charts {
  private static final List<Tick> SHARES =
      Stream.of(0.0, 0.25, 0.5, 0.75, 1.0).map(s -> new Tick(s, Html.number(s))).toList();

  /** Where an axis of risks may end. */
  private static final List<Double> TOPS = List.of(0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8);

  private Charts() {}

  /** Measures that are there at several depths, such as recall@1 to recall@100. */
  static String byDepth(SuiteReport report, SuiteReport against) {
    var series = series(report);
    if (series.isEmpty()) {
      return "";
    }
    var depths =
        series.values().stream().flatMap(List::stream).map(At::x).distinct().sorted().toList();
    double deepest = Math.max(depths.getLast(), 2);
    DoubleUnaryOperator across = k -> Math.log(k) / Math.log(deepest);
    var plot = new Plot("by the number of results looked at", across, 1);
    plot.axes(
        "results looked at (k)",
        depths.stream().map(k -> new Tick(k, Html.number(k))).toList(),
        "",
        SHARES);
    int number = 0;
    var before = against == null ? Map.<String, List<At>>of() : series(against);
    for (var one : series.entrySet()) {
      var style = "s" + number++ % 4;
      if (before.containsKey(one.getKey())) {
        plot.curve(style + " before", before.get(one.getKey()));
      }
      plot.curve(style, one.getValue());
      one.getValue()
          .forEach(at ->
              plot.dot(
                  style,
                  at,
                  3.5,
                  "%s@%.0f %s".formatted(one.getKey(), at.x(), Html.number(at.y()))));
      plot.note(style + " end", one.getValue().getLast(), one.getKey());
    }
    return figure("By the number of results looked at", plot, dashed(against));
  }

  private static Map<String, List<At>> series(SuiteReport report) {
    var series = new LinkedHashMap<String, List<At>>();
    for (var value : report.figures()) {
      var parts = value.name().split("@");
      if (parts.length == 2 && parts[1].matches("\\d+")) {
        series
            .computeIfAbsent(parts[0], name -> new ArrayList<>())
            .add(new At(Integer.parseInt(parts[1]), value.value()));
      }
    }
    series.values().forEach(points -> points.sort((a, b) -> Double.compare(a.x(), b.x())));
    series.values().removeIf(points -> points.size() < 3);
    return series;
  }

  /** What share is wrong when only the surest so many are answered. */
  static String riskCoverage(SuiteReport report, SuiteReport against) {
    if (report.riskCoverage().isEmpty()) {
      return "";
    }
    double most = report.riskCoverage().stream().mapToDouble(Selective.Point::risk).max().orElse(0);
    double top = TOPS.stream().filter(t -> t >= most).findFirst().orElse(1.0);
    var plot = new Plot("risk by coverage", share -> share, top);
    plot.axes(
        "coverage: the share answered, surest first",
        SHARES,
        "risk: the share of them that is wrong",
        Stream.of(0.0, 0.25, 0.5, 0.75, 1.0)
            .map(s -> new Tick(s * top, Html.number(s * top)))
            .toList());
    if (against != null) {
      plot.curve("s0 before", points(against));
    }
    plot.curve("s0", points(report));
    return figure("Risk when only the surest are answered", plot, dashed(against));
  }

  private static List<At> points(SuiteReport report) {
    return report.riskCoverage().stream().map(p -> new At(p.coverage(), p.risk())).toList();
  }

  /** Whether a confidence of .8 is right eight times in ten. */
  static String reliability(SuiteReport report) {
    if (report.reliability().isEmpty()) {
      return "";
    }
    var plot = new Plot("reliability of the confidence", share -> share, 1);
    plot.axes("confidence", SHARES, "share that is right", SHARES);
    plot.curve("diagonal", List.of(new At(0, 0), new At(1, 1)));
    int most = report.reliability().stream().mapToInt(Selective.Bin::count).max().orElseThrow();
    for (var bin : report.reliability()) {
      plot.dot(
          "s1",
          new At(bin.confidence(), bin.accuracy()),
          4 + 12 * Math.sqrt((double) bin.count() / most),
          "%d questions with a confidence of %s: %s right"
              .formatted(bin.count(), Html.number(bin.confidence()), Html.number(bin.accuracy())));
    }
    return figure("Calibration: a dot's area is its number of questions", plot, "");
  }

  /** Bars for the median and the 95th percentile of each stage. */
  static String latency(SuiteReport report) {
    if (report.latency().isEmpty()) {
      return "";
    }
    double longest =
        report.latency().values().stream().mapToDouble(Quantiles::p95).max().orElseThrow();
    var rows = new StringBuilder();
    report
        .latency()
        .forEach((stage, time) ->
            rows.append(
                String.format(
                    Locale.ROOT,
                    """
                    <div class="stage"><span>%s</span><span class="bars">\
                    <i class="p95" style="width:%.1f%%"></i><i class="p50" style="width:%.1f%%"></i></span>\
                    <span class="ms"><b>%.0f</b> / %.0f ms</span></div>
                    """,
                    Html.escape(stage),
                    100 * time.p95() / longest,
                    100 * time.p50() / longest,
                    time.p50(),
                    time.p95())));
    return "<figure><figcaption>Latency by stage: median and 95th percentile</figcaption>%s</figure>"
        .formatted(rows);
  }

  private static String dashed(SuiteReport against) {
    return against == null ? "" : "Dashed: the run compared with.";
  }

  private static String figure(String caption, Plot plot, String note) {
    return "<figure><figcaption>%s</figcaption>%s%s</figure>"
        .formatted(
            Html.escape(caption), plot.svg(), note.isEmpty() ? "" : Html.text("p", "note", note));
  }
}
