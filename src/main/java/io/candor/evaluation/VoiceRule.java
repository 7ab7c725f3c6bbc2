package io.candor.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * What a candidate must reach in one figure before it may speak to customers. {@link VoiceGate}
 * applies them; all thresholds stand here.
 *
 * @param optional whether it may be left unmeasured: a remote model tells no probabilities
 */
record VoiceRule(String figure, Demand demand, boolean optional) {
  static final String ABSTENTIONS = "abstentions kept";

  /** What is demanded of a figure. */
  sealed interface Demand {
    /** Better by more than noise. */
    record Better() implements Demand {}

    /**
     * Not worse by more than the margin, nor by less where all resampled question sets say so.
     *
     * @param margin in the figure's own unit
     */
    record NoWorse(double margin) implements Demand {}

    /** As much as this, whatever it was before. */
    record AtLeast(double least) implements Demand {}

    /** Not later by more than this share of the time before, unless that is within noise. */
    record NoLater(double share) implements Demand {}
  }

  /**
   * The rules. A first adapter must sound more like the brand than the base does; one that follows
   * another may sound the same, for it may be there for other reasons.
   */
  static List<VoiceRule> all(boolean followsAnother) {
    var voice = followsAnother ? new Demand.NoWorse(0.02) : new Demand.Better();
    var words = followsAnother ? new Demand.NoWorse(0.5) : new Demand.Better();
    return List.of(
        new VoiceRule("style", voice, false),
        new VoiceRule("perplexity of references", words, true),
        new VoiceRule("bleu", new Demand.NoWorse(0.02), false),
        new VoiceRule("rouge-l", new Demand.NoWorse(0.02), false),
        new VoiceRule("faithfulness", new Demand.NoWorse(0.02), false),
        new VoiceRule("facts retained", new Demand.NoWorse(0.02), false),
        new VoiceRule("facts retained after verification", new Demand.AtLeast(0.99), false),
        new VoiceRule("markers kept", new Demand.NoWorse(0.02), false),
        new VoiceRule(ABSTENTIONS, new Demand.AtLeast(1), false),
        new VoiceRule(VoiceSuite.PACE, new Demand.NoLater(0.05), true));
  }

  boolean passes(Comparison it) {
    return switch (demand) {
      case Demand.Better() -> it.isBetter();
      case Demand.NoWorse(var margin) ->
          !it.isWorse() && (it.better() ? it.change() >= -margin : it.change() <= margin);
      case Demand.AtLeast(var least) -> it.after() >= least;
      case Demand.NoLater(var share) ->
          it.change() <= share * it.before() || it.low() <= share * it.before();
    };
  }

  /** For people. */
  String words() {
    return switch (demand) {
      case Demand.Better() -> "better";
      case Demand.NoWorse(var margin) -> "no worse by " + number(margin);
      case Demand.AtLeast(var least) -> "at least " + number(least);
      case Demand.NoLater(var share) -> "no later by " + number(share * 100) + "%";
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value).replaceFirst("\\.?0+$", "");
  }
}
