package io.candor.grounding;

import io.candor.grounding.Fact.Bound;
import io.candor.grounding.Finding.Kind;
import io.candor.grounding.Row.Cell;
import io.candor.grounding.Words.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks a claim made of a table's row: what stands in a column is said under that column's name,
 * and the cells that say of what the row speaks are kept.
 */
final class RowCheck {
  /** Names of columns that say no more than the cell does. */
  private static final List<String> PLAIN =
      List.of(
          "type",
          "name",
          "category",
          "method",
          "option",
          "service",
          "amount",
          "time",
          "duration",
          "period",
          "term",
          "detail",
          "description",
          "note",
          "price",
          "value",
          "country",
          "region",
          "plan",
          "zone",
          "level",
          "product");

  private static final Set<String> BARE = Set.of("yes", "no", "none", "n/a", "included");

  private final Reading said;
  private final Topic topic;
  private final List<Cell> cells;

  private RowCheck(Reading said, Topic topic, List<Cell> cells) {
    this.said = said;
    this.topic = topic;
    this.cells = cells;
  }

  static List<Difference> differences(Reading said, Evidence evidence, Topic topic) {
    List<Cell> cells = evidence.row().map(Row::cells).orElse(List.of());
    return new RowCheck(said, topic, cells).differences();
  }

  private List<Difference> differences() {
    var differences = new ArrayList<Difference>();
    if (denied(said) && cells.stream().noneMatch(c -> denied(c.name()) || denied(c.value()))) {
      differences.add(Difference.conflict(Kind.NEGATION, said.plain(), text()));
    }
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      boolean kept = says(cell) && !saidOfAnother(cell);
      if (!kept && namedAlone(cell)) {
        differences.add(Difference.conflict(kind(cell), cell.name().plain(), cell.value().plain()));
      } else if (!kept && (i == 0 || restricts(cell, i))) {
        differences.add(Difference.omitted(said.plain(), cell.value().plain()));
      } else if (kept && i > 0 && !nameKept(cell)) {
        differences.add(Difference.omitted(said.plain(), cell.name().plain()));
      }
    }
    return differences;
  }

  private static boolean denied(Reading reading) {
    return reading.clauses().stream().anyMatch(clause -> clause.negated());
  }

  private String text() {
    return new Row(cells).text();
  }

  private static Kind kind(Cell cell) {
    return cell.value().facts().isEmpty() ? Kind.MEANING : cell.value().facts().getFirst().kind();
  }

  /** All the cell's values and words, or one member of a list. */
  private boolean says(Cell cell) {
    boolean facts = cell.value().facts().stream().allMatch(this::says);
    List<Word> content = cell.value().content();
    boolean words = content.stream().allMatch(this::says);
    boolean list = content.size() > 1 && cell.value().has("and|or|,");
    boolean bare = cell.value().facts().isEmpty() && content.isEmpty();
    return !bare && facts && (words || list && content.stream().anyMatch(this::says));
  }

  /** "Free" may stand in several columns: it is said of those that are named. */
  private boolean saidOfAnother(Cell cell) {
    return !nameKept(cell)
        && cells.stream()
            .anyMatch(other ->
                other != cell
                    && other.value().plain().equals(cell.value().plain())
                    && nameKept(other));
  }

  private boolean says(Fact fact) {
    return said.facts().stream().anyMatch(f -> f.follows(fact));
  }

  private boolean says(Word word) {
    return said.lemmas().contains(word.lemma()) || topic.names(word);
  }

  /** Columns may have opposite names: "opens" and "closes". */
  private boolean saysOf(Word name) {
    return topic.names(name)
        || said.words().stream()
            .anyMatch(w -> w.lemma().equals(name.lemma()) && w.denied() == name.denied());
  }

  /** Whether the claim speaks of this column and not of what stands in it. */
  private boolean namedAlone(Cell cell) {
    List<Word> name = cell.name().content();
    return !name.isEmpty()
        && name.stream().allMatch(this::saysOf)
        && name.stream().noneMatch(word -> elsewhere(word, cell));
  }

  private boolean elsewhere(Word word, Cell cell) {
    return cells.stream()
        .anyMatch(other ->
            other != cell && names(other, word) && says(other)
                || other.value().lemmas().contains(word.lemma()));
  }

  private static boolean names(Cell cell, Word word) {
    return cell.name().words().stream()
        .anyMatch(w -> w.lemma().equals(word.lemma()) && w.denied() == word.denied());
  }

  private boolean nameKept(Cell cell) {
    return cell.name().facts().stream().allMatch(this::says)
        && cell.name().content().stream()
            .allMatch(word -> saysOf(word) || PLAIN.stream().anyMatch(word::means));
  }

  /** Money, a percentage, yes or no is what a row tells; anything else may be what it is for. */
  private boolean restricts(Cell cell, int at) {
    List<Fact> facts = cell.value().facts();
    boolean plain = cell.value().content().isEmpty();
    boolean free = !plain && cell.value().content().stream().allMatch(w -> w.means("free"));
    boolean bounded = facts.stream().anyMatch(fact -> fact.bound() != Bound.NONE);
    boolean sum = facts.stream().anyMatch(fact -> isSum(fact));
    boolean last = cells.subList(at + 1, cells.size()).stream().noneMatch(this::says);
    boolean told = sum || last && !facts.isEmpty();
    boolean bare = facts.isEmpty() && (BARE.contains(cell.value().plain().toLowerCase()) || free);
    return !bare && (bounded || !told || !plain);
  }

  private static boolean isSum(Fact fact) {
    return fact.kind() == Kind.MONEY
        || fact instanceof Fact.Quantity quantity && quantity.unit().equals("%");
  }
}
