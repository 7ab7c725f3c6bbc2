package io.candor.cli;

import io.candor.grounding.Claim;
import io.candor.grounding.GroundingConfig;
import io.candor.grounding.Passage;
import io.candor.grounding.Verdict;
import io.candor.grounding.Verifier;
import io.candor.knowledge.loading.Language;
import io.candor.security.PersonalData;
import io.candor.tuning.dataset.Tools;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;

/** The product's verifier, masking and language, in this process; policies come from a server. */
final class DatasetTools {
  private DatasetTools() {}

  static Tools with(Tools.Search policies) {
    var config = new SmallRyeConfigBuilder().withMapping(GroundingConfig.class).build();
    var verifier = new Verifier(config.getConfigMapping(GroundingConfig.class));
    var personalData = new PersonalData();
    return new Tools(
        (question, fact, sentence) -> supports(verifier, question, fact, sentence),
        text -> personalData.redact(text, personalData.find(text)),
        Language::of,
        policies,
        Tools.Tokens.ESTIMATED);
  }

  private static boolean supports(
      Verifier verifier, String question, String fact, String sentence) {
    var claim = new Claim(sentence, List.of(), question);
    return verifier.verify(claim, List.of(new Passage(1, fact))).verdict() == Verdict.SUPPORTED;
  }
}
