package io.candor.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Greetings, thanks and chit-chat, which are answered without looking anything up. A message is
 * small talk only if all of it is: a greeting in front of a question is a question.
 */
final class SmallTalk {
  private static final String NOW = "( (today|now|then|again|please|there|so much|a lot|really))*";
  private static final String BOT =
      "(a |an |the |just |some |kind of |really |actually |even |real |live )*"
          + "(bot|robot|chatbot|machine|computer|ai|program|human|person|human being|real|alive)";
  private static final String VERY =
      "(all |so |a |an |just |really |very |absolutely |completely |totally |such |bloody |fucking "
          + "|complete |total |quite |extremely )*";

  private static final String GREETING =
      "(hi+|hey+|hello+|hiya|howdy|yo|greetings|good (morning|afternoon|evening|day)|morning|hola"
          + "|buenos d[ií]as|bonjour|salut|hallo|guten (tag|morgen|abend)|servus|ciao|buongiorno|ol[aá]"
          + "|namaste|hej|dia duit|sup)( (there|all|team|everyone|again|bot|friend))*"
          + "|(and )?how are (you|u|things)( doing| going| feeling)*( today| there)?"
          + "|how('?s| is| have| has) (it|everything|your day|you)( going| been)*( today| so far)?"
          + "|how do you do|what'?s up|nice to meet you|(is )?(any(one|body) there|are you there)"
          + "|can you help( me)?( out)?( please)?|i (need|have|got) (some )?(help|a question)( please)?";
  private static final String THANKS =
      "(many |ok )?(thanks|thank you|thankyou|thx|thnx|tnx|cheers|ty|merci|gracias|danke|grazie|obrigado)"
          + "( (so much|very much|a lot|lots|a million|a bunch|again|you))*"
          + "( for (all )?(your|the|that|this|helping)( "
          + "(help|response|reply|answer|info|information|time|assistance"
          + "|me|out))*)?"
          + "|much appreciated|(i )?(really )?appreciate (it|that|(your|the) (help|assistance))"
          + "|(that|this)('s| is| was)( (very|really|so))? helpful"
          + "|(you|you've|you have)( been| are|'re)( (very|really|so))? helpful"
          + "|that'?s (all|what|everything) i (needed|wanted)( to (know|hear))?";
  private static final String GOODBYE =
      "(good ?)?bye+( bye)?|see (you|ya)( (later|soon|then))?|later|cya|take care|farewell|good ?night"
          + "|that('?s| is|'ll be| will be) (all|it)( for (now|today))?|nothing else|i('m| am) done"
          + "|peace( out)?|sayonara|buh ?bye|adios|au revoir"
          + "|have a (nice|good|great|lovely) (day|one|evening|weekend|night)"
          + "|tsch[uü]ss|talk to you (later|soon)|i (have|got) to go( now)?|until next time"
          + "|(it|this)?( was|'s| is)?( so| very| really)? ?(nice|good|great|lovely|fun|cool)"
          + " (to )?(talk|chat|speak|see)(ing)?( (to|with))? you";
  private static final String ASSISTANT =
      "are you "
          + BOT
          + "( or( are you)? "
          + BOT
          + ")?( or not)?"
          + "|(am i|is it|are we) (talking|speaking|chatting)? ?(to|with) "
          + BOT
          + "( or( to| with)? "
          + BOT
          + ")?"
          + "|is this "
          + BOT
          + "( or "
          + BOT
          + ")?"
          + "|(tell me )?(who|what) (exactly )?are you|who is this|who am i (talking|speaking|chatting) (to|with)"
          + "|(what('?s| is| was)|tell me) (your|ur) (name|full name)( again)?|do you have a name"
          + "|(by )?what (do|should|can|may|name) (i |can i |should i )?(call|name|address) you( by)?"
          + "|(do you know )?(who|what company|which company) (made|built|created|designed|programmed|developed"
          + "|invented|trained) you|who('s| is) your (maker|creator|boss|developer)"
          + "|(tell me )?how old (are you|you are)|what('?s| is) your age|when were you (born|made|created)"
          + "|what (can|do) you do( for me)?|what (can|could|should|may) i ask( you)?( about)?"
          + "|what (can|could|do) you (help( me)?( with)?|know( about)?)"
          + "|what (kind of |sort of |types of )?(questions|things) (can|do|could) (you answer|i ask( you)?)";
  private static final String COMPLAINT =
      "(you|this|that|it|(the|this|your) (bot|service|company|support|shop|website))"
          + "( guys)?('re| are| r| is| was|'s| were)? "
          + VERY
          + "(useless|stupid|idiots?|rubbish|terrible|awful|horrible|ridiculous|joke|crap|shit|dumb"
          + "|pathetic|the worst|unacceptable|disgrace|disgraceful|disgusting|liars?|no (help|use)"
          + "|not (very )?(helpful|useful)|unhelpful|disappointing|nonsense|waste of( my)? time|annoying)"
          + "|(terrible|awful|horrible|worst|poor|rubbish|useless|stupid|dumb|you) "
          + "((customer )?(service|support|company|experience)|machine|bot|robot|idiots?)"
          + "|i('m| am) "
          + VERY
          + "(angry|annoyed|furious|upset|disappointed|frustrated|unhappy|fed up)"
          + "|i hate (you|this|your (service|company|bot))|useless|fuck( you| off| this| sake)?|shut up"
          + "|(you|this) sucks?|wtf|stupid|idiots?|ffs|(that|this) (does|did)(n'?t| not) help( me)?( at all)?";
  private static final String BANTER =
      "lol+|(ha)+h?|(he)+h?|hm+|um+|uh+|ah+|oh+|wow|ok+|okay|kk?|cool|great|perfect|nice|fine|awesome"
          + "|all ?right|got it|i see|understood|sure|excellent|good|sounds good|makes sense|never ?mind"
          + "|no (worries|problem|thanks|thank you)|ye+s+|yeah|ye[ap]|yup|nope?|nah|interesting|good to know"
          + "|test(ing)?( test(ing)?)*|you('?re| are) (welcome|great|funny|the best)|i love you"
          + "|(good|nice) (bot|job)|that('?s| is) (great|fine|good|ok|okay|cool|perfect|funny|right)";

  /** The weightier first: thanks that say goodbye are a goodbye. */
  private static final Map<Intent, Pattern> PHRASES = new LinkedHashMap<>();

  static {
    PHRASES.put(Intent.ASSISTANT, phrase(ASSISTANT));
    PHRASES.put(Intent.COMPLAINT, phrase(COMPLAINT));
    PHRASES.put(Intent.GOODBYE, phrase(GOODBYE));
    PHRASES.put(Intent.THANKS, phrase(THANKS));
    PHRASES.put(Intent.GREETING, phrase(GREETING));
    PHRASES.put(Intent.BANTER, phrase(BANTER));
  }

  private static final Pattern ALL =
      Pattern.compile(
          "(?:(?:and|so|but|well|please|then|now|anyway|really|at all|absolutely) )*+(?:(?:"
              + String.join("|", ASSISTANT, COMPLAINT, GOODBYE, THANKS, GREETING, BANTER)
              + ")"
              + NOW
              + "(?: (?:and|so|but|then)\\b)?(?: |$))+");

  /** An indirect question is a question: could you tell me whether you are… */
  private static final Pattern ASKS_TO_BE_TOLD =
      Pattern.compile(
          "^((please|so|hey|hi|hello|ok) )*(((can|could|would|will) you )?(please )?(tell|specify|let me know|say)"
              + "( me)?|i('d| would)? (like|want|need|am needing) to know|do you know|(may|can|could) i "
              + "(ask|know|get|have))( (if|whether))? ");

  /** Asking what answers, in any words: are you…, and no word but these. */
  private static final Pattern YOU_ARE =
      Pattern.compile(
          "\\b(are you|you are|you're|call you|you be|consider you(rself)?|talking to|is this)\\b");

  private static final Set<String> SELF =
      Set.of(
          ("bot robot chatbot ai computer machine human person real live living alive actual program"
                  + " programmed automated artificial intelligence being talking call consider"
                  + " considered yourself life based")
              .split(" "));

  private static final Pattern AGREES =
      Pattern.compile(
          "(yes|yeah|yep|sure|ok|okay|please|do|go ahead|please do|i would)( please| thanks| do)*");

  /** Longer than any small talk: what follows is not read further. */
  private static final int LONGEST = 120;

  private SmallTalk() {}

  /** The kind of small talk that a plain text is; empty where it may ask something. */
  static Optional<Intent> in(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var asked = ASKS_TO_BE_TOLD.matcher(text).replaceFirst("");
    if (asksWhatAnswers(asked)) {
      return Optional.of(Intent.ASSISTANT);
    }
    return ALL.matcher(text).matches() ? kind(text) : kindOf(asked);
  }

  private static boolean asksWhatAnswers(String text) {
    var content = Wording.content(text);
    return !content.isEmpty() && SELF.containsAll(content) && YOU_ARE.matcher(text).find();
  }

  private static Optional<Intent> kindOf(String asked) {
    return ALL.matcher(asked).matches()
        ? kind(asked).filter(kind -> kind == Intent.ASSISTANT)
        : Optional.empty();
  }

  private static Optional<Intent> kind(String text) {
    return PHRASES.entrySet().stream()
        .filter(kind -> kind.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * What small talk is answered with; it asserts nothing about the company, and so cites nothing.
   */
  static String reply(Intent intent) {
    return switch (intent) {
      case GREETING -> "Hello. What would you like to know?";
      case THANKS -> "You are welcome. Is there anything else?";
      case GOODBYE -> "Goodbye. Write again whenever you have a question.";
      case ASSISTANT ->
          "I am an automated assistant, not a person. I answer from our policies and product pages,"
              + " and can pass you to a colleague. What would you like to know?";
      case COMPLAINT ->
          "I am sorry about that. Tell me what you need to know, or say that you want a person,"
              + " and I pass this to a colleague.";
      case BANTER -> "All right. What would you like to know?";
      case QUESTION, PERSON, SENSITIVE ->
          throw new IllegalArgumentException("%s is no small talk".formatted(intent));
    };
  }

  /** Whether it accepts an offer. */
  static boolean agrees(String text) {
    return AGREES.matcher(text).matches();
  }

  private static Pattern phrase(String alternatives) {
    return Pattern.compile("(?<![\\p{L}'])(?:" + alternatives + ")(?![\\p{L}'])");
  }
}
