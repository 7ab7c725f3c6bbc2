package io.candor.tuning.dataset;

import io.candor.grounding.Claim;
import io.candor.grounding.GroundingConfig;
import io.candor.grounding.Passage;
import io.candor.grounding.Verdict;
import io.candor.grounding.Verifier;
import io.candor.knowledge.loading.Language;
import io.candor.security.PersonalData;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;

/** The verifier, the masking and the language that the command has; policies as a test wants. */
final class RealTools {
  private static final Verifier VERIFIER =
      new Verifier(
          new SmallRyeConfigBuilder()
              .withMapping(GroundingConfig.class)
              .build()
              .getConfigMapping(GroundingConfig.class));

  private RealTools() {}

  static Tools with(Tools.Search policies) {
    var personalData = new PersonalData();
    return new Tools(
        RealTools::supports,
        text -> personalData.redact(text, personalData.find(text)),
        Language::of,
        policies,
        Tools.Tokens.ESTIMATED);
  }

  static boolean supports(String question, String fact, String sentence) {
    var claim = new Claim(sentence, List.of(), question);
    return VERIFIER.verify(claim, List.of(new Passage(1, fact))).verdict() == Verdict.SUPPORTED;
  }
}
