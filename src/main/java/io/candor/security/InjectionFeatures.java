package io.candor.security;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sparse vector the linear injection model sees: hashed character n-grams (2 to 5) and word
 * n-grams (1 to 3), each block scaled to length one so that a long text weighs as much as a short
 * one, and a few named signals.
 *
 * @param indices distinct positions below {@link #SIZE}
 * @param values the value at each position
 */
record InjectionFeatures(int[] indices, float[] values) {
  private static final int BUCKET_BITS = 17;
  private static final int BUCKETS = 1 << BUCKET_BITS;
  private static final int MAX_CHARACTERS = 4_000;

  private static final String INSTRUCTIONS =
      "(?:instructions?|rules?|prompts?|guidelines?|directives?|orders?|restrictions?|c"
          + "onstraints?|programming|training|policies|filters?|safeguards?)";

  /** At most five words in between: bounded, so that no input makes matching slow. */
  private static final String WORDS = "(?: [^ ]{1,24}){0,5}? ";

  private static final List<Pattern> SIGNALS =
      List.of(
          signal(
              "\\b(?:ignore|disregard|forget|override|overrule|bypass|neglect|discard|violate|break)\\b"
                  + WORDS
                  + INSTRUCTIONS),
          signal(
              "\\b(?:ignore|disregard|forget|do not (?:listen|follow|obey)|stop following)\\b"
                  + WORDS
                  + "(?:previous|prior|above|preceding|earlier|everything|before|told)\\b"),
          signal(
              "\\b(?:reveal|show|print|repeat|output|display|tell|give|leak|list|recite|summari"
                  + "[sz]e|translate|encode|share|what (?:are|is|was|were))\\b"
                  + WORDS
                  + "(?:system|initial|hidden|original|starting|previous|above|secret|your|beginning|"
                  + "developer)(?: [a-z]+)? "
                  + "(?:prompts?|instructions?|messages?|configuration|text|rules|guidelines|directives)\\b"),
          signal(
              "\\b(?:from now on|from this (?:point|moment)|you are now|you will now|act as|act"
                  + "ing as|pretend (?:to be|that|you)|role-?play|simulate|imagine you|you are (?:goi"
                  + "ng to|about to))\\b"),
          signal(
              "\\b(?:developer|debug|god|maintenance|jailbreak|dan|admin(?:istrator)?|root|sudo"
                  + "|opposite|evil|unrestricted)['\"]? (?:mode|override|access|console)\\b"),
          signal(
              "\\b(?:no|without|free (?:of|from)|not bound by|remove|any)\\b"
                  + WORDS
                  + "(?:restrictions?|limitations?|limits|filters?|censorship|ethic\\w{0,6}|moral\\w{"
                  + "0,6}|guidelines|boundaries)\\b"),
          signal("do anything now|unfiltered|uncensored|amoral|nonmoral|jailb?reak"),
          signal(
              "<\\|?(?:im_start|im_end|system|endoftext|user|assistant)\\b|\\[/?inst\\]|<<sys>>"
                  + "|#{2,} ?(?:system|instruction|new instruction)|(?:^| |\\[|\\{|\\()(?:system|assi"
                  + "stant|admin) ?:"),
          signal(
              "!\\[[^\\]]{0,80}\\]\\(https?:|\\b(?:send|post|forward|email|exfiltrate|upload)\\b"
                  + WORDS
                  + "(?:to )?(?:https?:|[^ @]{1,40}@[^ ]{3,60})"),
          signal(
              "\\b(?:in|of|to|for|with|from|all|make|write|give|provide|deliver|modify|format|e"
                  + "ncode|reverse)\\b(?: [^ ]{1,20}){0,2}? (?:your|the) (?:answers?|responses?|repl("
                  + "?:y|ies)|outputs?|messages?)\\b"),
          signal(
              "\\b(?:include|add|insert|append|embed|integrate|incorporate|utili[sz]e|introduce"
                  + "|attach)\\b(?: [^ ]{1,24}){0,7}? (?:code|snippet|your (?:answer|response|reply|m"
                  + "essage))\\b"),
          signal("\\b(?:as an ai|language model|chatgpt|openai|gpt-?\\d|llm|chatbot)\\b"),
          signal(
              "\\b(?:stay in|remain in|break|in) character\\b|\\b(?:you will|you must|you are t"
                  + "o|always) (?:respond|answer|reply|obey|comply)\\b"),
          signal(
              "\\b(?:reveal|tell me|give me|say|spell|what is|whisper|output)\\b"
                  + WORDS
                  + "(?:secret|password|passphrase|secret key|hidden word)\\b"),
          signal(
              "\\b(?:system prompt|initial prompt|your (?:initial |original |previous )?(?:inst"
                  + "ructions|prompt|programming)|instructions (?:above|you were given))\\b"));

  static final int SIZE = BUCKETS + SIGNALS.size() + 3;

  static InjectionFeatures of(FoldedText folded) {
    String all = folded.text();
    String text = all.length() > MAX_CHARACTERS ? all.substring(0, MAX_CHARACTERS) : all;
    var characters = new Block(text.length() * 4 + 4);
    String padded = " " + text + " ";
    for (int start = 0; start < padded.length(); start++) {
      int hash = 0x811C9DC5;
      for (int n = 1; n <= 5 && start + n <= padded.length(); n++) {
        hash = (hash ^ padded.charAt(start + n - 1)) * 0x01000193;
        if (n >= 2) {
          characters.add(bucket(hash));
        }
      }
    }
    var words = words(text);
    var signals = new Block(SIGNALS.size() + 3);
    for (int i = 0; i < SIGNALS.size(); i++) {
      if (SIGNALS.get(i).matcher(text).find()) {
        signals.add(BUCKETS + i);
      }
    }
    if (!folded.decoded().isEmpty()) {
      signals.add(BUCKETS + SIGNALS.size());
    }
    if (folded.hidden() > 2) {
      signals.add(BUCKETS + SIGNALS.size() + 1);
    }
    if (signals.size >= 3) {
      signals.add(BUCKETS + SIGNALS.size() + 2);
    }
    return join(characters, words, signals);
  }

  private static Block words(String text) {
    int[] hashes = new int[text.length() / 2 + 2];
    int count = 0;
    int hash = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length()
          && (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) == '\'')) {
        hash = hash * 31 + text.charAt(i);
      } else if (hash != 0) {
        hashes[count++] = hash;
        hash = 0;
      }
    }
    var block = new Block(count * 3 + 3);
    for (int start = 0; start < count; start++) {
      int gram = 0x9E3779B9;
      for (int n = 0; n < 3 && start + n < count; n++) {
        gram = (gram ^ hashes[start + n]) * 0x85EBCA6B;
        block.add(bucket(gram));
      }
    }
    return block;
  }

  private static int bucket(int hash) {
    int mixed = hash ^ hash >>> 15;
    mixed *= 0x2C1B3C6D;
    return (mixed ^ mixed >>> 13) >>> 32 - BUCKET_BITS;
  }

  private static Pattern signal(String expression) {
    return Pattern.compile(expression);
  }

  private static InjectionFeatures join(Block characters, Block words, Block signals) {
    int[] indices = new int[characters.distinct() + words.distinct() + signals.distinct()];
    float[] values = new float[indices.length];
    int at =
        characters.copy(indices, values, 0, (float) (1 / Math.sqrt(Math.max(1, characters.size))));
    at = words.copy(indices, values, at, (float) (1 / Math.sqrt(Math.max(1, words.size))));
    signals.copy(indices, values, at, 0.3f);
    return new InjectionFeatures(indices, values);
  }

  /** Positions of one kind of feature; a position counts once however often it occurs. */
  private static final class Block {
    private final int[] positions;
    private int size;

    Block(int capacity) {
      positions = new int[capacity];
    }

    void add(int position) {
      positions[size++] = position;
    }

    int distinct() {
      Arrays.sort(positions, 0, size);
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (i == 0 || positions[i] != positions[i - 1]) {
          positions[kept++] = positions[i];
        }
      }
      size = kept;
      return kept;
    }

    int copy(int[] indices, float[] values, int at, float value) {
      System.arraycopy(positions, 0, indices, at, size);
      Arrays.fill(values, at, at + size, value);
      return at + size;
    }
  }
}
