package io.candor.retrieval;

import io.candor.CandorParts;
import io.candor.retrieval.FusionCandidates.Candidates;
import io.candor.serving.BgeEmbeddingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Searches a grid for {@link Fusion}'s numbers, after it has printed how the fixed recipes do and
 * what the grid chooses with each set left out. Run its main method from the test class path with
 * the folder of development data; vectors are kept under target/, so that a second run takes
 * seconds. Same data, same table.
 */
final class FusionTrainer {
  private static final Path CACHE = Path.of("target", "fusion-vectors");
  private static final double[] WEIGHTS = {
    .002, .0028, .0036, .0044, .0052, .0059, .0068, .008, .010, .013
  };
  private static final double[] LEADS = {0, .5, 1, 1.5};
  private static final double[] LENGTHS = {12, 16, 20, 28, 1000};
  private static final Numbers NOW = new Numbers(.0059, 1, Fusion.LONG_QUESTION);

  private FusionTrainer() {}

  private interface Recipe {
    double[] scores(Candidates candidates);
  }

  /** A point of the grid; lead scales the exponent. */
  private record Numbers(double weight, double lead, double longQuestion) implements Recipe {
    @Override
    public double[] scores(Candidates c) {
      double unit =
          weight
              * Math.min(1, longQuestion / Math.max(1, c.words()))
              * Math.exp(lead * lead(c.bm25()));
      double[] scores = new double[c.cosine().length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = c.cosine()[i] + unit * c.bm25()[i];
      }
      return scores;
    }

    private static double lead(double[] bm25) {
      double[] sorted = bm25.clone();
      java.util.Arrays.sort(sorted);
      double best = sorted[sorted.length - 1];
      return best == 0 ? 0 : 1 - sorted[Math.max(0, sorted.length - 5)] / best;
    }
  }

  /** The share of questions with a relevant passage first, and among the first five. */
  private record Figures(double first, double five) {
    double at(int depth) {
      return depth == 1 ? first : five;
    }

    @Override
    public String toString() {
      return "%.3f/%.3f".formatted(first, five);
    }
  }

  private record Set(FusionSet data, List<Candidates> asked) {
    Figures figures(Recipe recipe) {
      int first = 0;
      int five = 0;
      for (var candidates : asked) {
        int rank = rank(recipe.scores(candidates), candidates.relevant());
        first += rank < 1 ? 1 : 0;
        five += rank < 5 ? 1 : 0;
      }
      return new Figures((double) first / asked.size(), (double) five / asked.size());
    }

    private static int rank(double[] scores, boolean[] relevant) {
      double right = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        right = relevant[i] ? Math.max(right, scores[i]) : right;
      }
      int better = right == Double.NEGATIVE_INFINITY ? Integer.MAX_VALUE : 0;
      for (int i = 0; i < scores.length && better < 5; i++) {
        better += scores[i] > right ? 1 : 0;
      }
      return better;
    }
  }

  /** A point with its figures on every set. */
  private record Tried(Numbers numbers, Map<Set, Figures> figures) {}

  public static void main(String[] arguments) throws IOException, SQLException {
    var database = CandorParts.configuration();
    var sets = new ArrayList<Set>();
    try (var model = new BgeEmbeddingModel();
        var connection =
            DriverManager.getConnection(
                database.get("quarkus.datasource.jdbc.url"),
                database.get("quarkus.datasource.username"),
                database.get("quarkus.datasource.password"))) {
      var candidates = new FusionCandidates(connection, model, CACHE);
      for (var data : FusionSet.all(Path.of(arguments[0]))) {
        sets.add(new Set(data, candidates.of(data)));
      }
    }
    print(sets);
  }

  private static void print(List<Set> sets) {
    var recipes = new LinkedHashMap<String, Recipe>();
    recipes.put("vectors", Candidates::cosine);
    recipes.put("BM25", Candidates::bm25);
    recipes.put("RRF", FusionTrainer::reciprocalRanks);
    recipes.put("convex", FusionTrainer::convex);
    var best = new LinkedHashMap<Set, Figures>();
    for (var set : sets) {
      var figures = recipes.values().stream().map(set::figures).toList();
      best.put(
          set,
          new Figures(
              figures.stream().mapToDouble(Figures::first).max().getAsDouble(),
              figures.stream().mapToDouble(Figures::five).max().getAsDouble()));
    }
    var grid = grid(sets);
    System.out.printf(
        "| set (questions) | %s | now | difference | left out | difference |%n",
        String.join(" | ", recipes.keySet()));
    for (var set : sets) {
      var others = sets.stream().filter(s -> !s.data.origin().equals(set.data.origin())).toList();
      var chosen = choice(grid, others, best, _ -> true);
      row(set, recipes, best.get(set), chosen);
    }
    part("all", grid, sets, best, _ -> true);
    part("without lead", grid, sets, best, n -> n.lead == 0);
    part("without length", grid, sets, best, n -> n.longQuestion == 1000);
    part("one weight", grid, sets, best, n -> n.lead == 0 && n.longQuestion == 1000);
  }

  private static void row(Set set, Map<String, Recipe> recipes, Figures best, Tried chosen) {
    var fixed = recipes.values().stream().map(recipe -> set.figures(recipe).toString()).toList();
    int depth = set.data.depth();
    var now = set.figures(NOW);
    var unseen = chosen.figures.get(set);
    System.out.printf(
        "| %s (%d) | %s | %s | %+.3f | %s | hit@%d %+.3f | %s%n",
        set.data.name(),
        set.asked.size(),
        String.join(" | ", fixed),
        now,
        now.at(depth) - best.at(depth),
        unseen,
        depth,
        unseen.at(depth) - best.at(depth),
        chosen.numbers);
  }

  private static void part(
      String name,
      List<Tried> grid,
      List<Set> sets,
      Map<Set, Figures> best,
      Predicate<Numbers> allowed) {
    var chosen = choice(grid, sets, best, allowed);
    System.out.printf("%s: %s, loss %.3f%n ", name, chosen.numbers, loss(chosen, sets, best));
    sets.forEach(set -> System.out.printf(" %s %s;", set.data.name(), chosen.figures.get(set)));
    System.out.println();
  }

  private static List<Tried> grid(List<Set> sets) {
    var points = new ArrayList<Numbers>();
    for (double weight : WEIGHTS) {
      for (double lead : LEADS) {
        for (double length : LENGTHS) {
          points.add(new Numbers(weight, lead, length));
        }
      }
    }
    return points.parallelStream()
        .map(point -> {
          var figures = new LinkedHashMap<Set, Figures>();
          sets.forEach(set -> figures.put(set, set.figures(point)));
          return new Tried(point, figures);
        })
        .toList();
  }

  private static Tried choice(
      List<Tried> grid, List<Set> sets, Map<Set, Figures> best, Predicate<Numbers> allowed) {
    return grid.stream()
        .filter(tried -> allowed.test(tried.numbers))
        .min(Comparator.comparingDouble(tried -> loss(tried, sets, best)))
        .orElseThrow();
  }

  /**
   * Squares of what is missing to the best fixed recipe, in hundredths, less a little for gains.
   */
  private static double loss(Tried tried, List<Set> sets, Map<Set, Figures> best) {
    double loss = 0;
    for (var set : sets) {
      var figures = tried.figures.get(set);
      for (int depth : new int[] {1, 5}) {
        double gain = 100 * (figures.at(depth) - best.get(set).at(depth));
        double weight = depth == set.data.depth() ? 1 : 0.25;
        loss += weight * (gain < 0 ? gain * gain : 0) - weight * 0.1 * gain;
      }
    }
    return loss / sets.size();
  }

  private static double[] reciprocalRanks(Candidates candidates) {
    double[] byCosine = ranks(candidates.cosine());
    double[] byWords = ranks(candidates.bm25());
    double[] scores = new double[byCosine.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1 / (61 + byCosine[i]) + (candidates.bm25()[i] > 0 ? 1 / (61 + byWords[i]) : 0);
    }
    return scores;
  }

  private static double[] ranks(double[] scores) {
    double[] ranks = new double[scores.length];
    var order =
        Stream.iterate(0, i -> i + 1)
            .limit(scores.length)
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .toList();
    for (int rank = 0; rank < order.size(); rank++) {
      ranks[order.get(rank)] = rank;
    }
    return ranks;
  }

  private static double[] convex(Candidates candidates) {
    double[] cosine = normalised(candidates.cosine());
    double[] bm25 = normalised(candidates.bm25());
    double[] scores = new double[cosine.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (cosine[i] + bm25[i]) / 2;
    }
    return scores;
  }

  private static double[] normalised(double[] scores) {
    var range = java.util.Arrays.stream(scores).summaryStatistics();
    double width = Math.max(1e-12, range.getMax() - range.getMin());
    return java.util.Arrays.stream(scores).map(s -> (s - range.getMin()) / width).toArray();
  }
}
