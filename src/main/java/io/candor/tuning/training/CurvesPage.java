package io.candor.tuning.training;

import io.candor.evaluation.Html;
import io.candor.evaluation.HtmlPage;
import io.candor.evaluation.Plot;
import io.candor.evaluation.Plot.At;
import io.candor.evaluation.Plot.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The losses of a run as a page that stands alone. */
final class CurvesPage {
  private static final int TICKS = 4;

  /** The weight of a step's own loss in the line that smooths them. */
  private static final double OWN = 0.1;

  private CurvesPage() {}

  static void write(RunRecord run, Path file) throws IOException {
    var page =
        new HtmlPage("Candor training run", run.name(), meta(run))
            .with(
                """
                <main><section class="charts">
                <figure><figcaption>Loss of a token of an answer, in nats</figcaption>%s
                <p class="note">Dashed: each step. Line: smoothed. Dots: validation.</p></figure>
                <figure><figcaption>Tokens of examples a second</figcaption>%s</figure>
                </section></main>\
                """
                    .formatted(losses(run), speed(run)));
    Files.writeString(file, page);
  }

  private static String meta(RunRecord run) {
    return Html.escape(
        "%s, %,d examples and %,d for validation, started %s"
            .formatted(
                run.base().name(),
                run.dataset().trainExamples(),
                run.dataset().validationExamples(),
                run.started()));
  }

  private static String losses(RunRecord run) {
    var train = run.curves().train().stream().map(p -> new At(p.step(), p.loss())).toList();
    var validation =
        run.curves().validation().stream().map(l -> new At(l.step(), l.loss())).toList();
    var all = new ArrayList<>(train);
    all.addAll(validation);
    var plot = plot("loss", all);
    plot.curve("s0 before", train).curve("s0", smoothed(train)).curve("s1", validation);
    validation.forEach(
        at -> plot.dot("s1", at, 3.5, format("validation at step %.0f: %.4f", at.x(), at.y())));
    return plot.svg();
  }

  private static String speed(RunRecord run) {
    var speed =
        run.curves().train().stream().map(p -> new At(p.step(), p.tokensPerSecond())).toList();
    return plot("tokens a second", speed).curve("s2", speed).svg();
  }

  private static Plot plot(String title, List<At> points) {
    double last = Math.max(1, points.stream().mapToDouble(At::x).max().orElse(1));
    double top = round(points.stream().mapToDouble(At::y).max().orElse(1));
    return new Plot(title, step -> step / last, top).axes("step", ticks(last), "", ticks(top));
  }

  /** One to two significant digits up. */
  private static double round(double value) {
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-6)))) / 2;
    return Math.ceil(value / unit) * unit;
  }

  private static List<Tick> ticks(double top) {
    return IntStream.rangeClosed(0, TICKS)
        .mapToDouble(i -> top * i / TICKS)
        .mapToObj(at -> new Tick(at, format(top < 10 ? "%.2f" : "%.0f", at)))
        .toList();
  }

  private static List<At> smoothed(List<At> points) {
    var smoothed = new ArrayList<At>();
    double mean = 0;
    for (var point : points) {
      mean = smoothed.isEmpty() ? point.y() : (1 - OWN) * mean + OWN * point.y();
      smoothed.add(new At(point.x(), mean));
    }
    return smoothed;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
