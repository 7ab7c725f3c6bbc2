package io.candor.helpdesk;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a message's words call for a person: anger, or a sign of vulnerability; English. */
final class Tone {
  private static final int FEWEST_LETTERS = 20;
  private static final double SHOUTED = 0.8;

  private static final Pattern VULNERABLE =
      Pattern.compile(
          "\\b(suicid\\w*|self[- ]harm\\w*|(kill|hurt|harm) myself|end (it all|my life)"
              + "|domestic (abuse|violence)|abusive (partner|husband|wife|relationship)"
              + "|bereave\\w*|terminal(ly)? ill|dementia|alzheimer'?s|can('t|not| not) cope"
              + "|mental health crisis|(in|on) a (hospice|ventilator)|food bank"
              + "|can('t|not| not) afford (food|to eat|heating|my medic\\w+)"
              + "|(lost|losing) my (home|house|job)|made homeless|evict(ed|ion))\\b");

  private static final Pattern ANGRY =
      Pattern.compile(
          "\\b(disgust(ing|ed)|disgrace(ful)?|outrag(eous|ed)|appalling|shameful|unacceptable"
              + "|furious|fuming|livid|infuriating|fed up|sick (and tired )?of (this|you|your|waiting)"
              + "|had enough|worst (service|company|experience|support)|absolute joke"
              + "|(third|fourth|fifth|sixth|\\d+(th|rd)) time (i|we|now|that)"
              + "|ombudsman|trading standards|better business bureau|small claims"
              + "|scam(med|mers?)?|rip(ped)?[- ]?off|thieves|crooks|liars?|lying to me|robbed me"
              + "|idiots?|incompetent|useless|pathetic|bullshit|bloody (joke|hell|awful)"
              + "|what the (hell|fuck)|wtf|fuck\\w*|shit(ty)?|never (buy|buying|shop|order)\\w* "
              + "(from|with) you again)\\b");

  private Tone() {}

  static Optional<HandoffReason> of(String text) {
    var plain = text.toLowerCase(Locale.ROOT).replace('’', '\'');
    if (VULNERABLE.matcher(plain).find()) {
      return Optional.of(HandoffReason.VULNERABLE);
    }
    return ANGRY.matcher(plain).find() || isShouted(text)
        ? Optional.of(HandoffReason.ANGRY)
        : Optional.empty();
  }

  private static boolean isShouted(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long capitals = text.codePoints().filter(Character::isUpperCase).count();
    return letters >= FEWEST_LETTERS && capitals >= letters * SHOUTED;
  }
}
