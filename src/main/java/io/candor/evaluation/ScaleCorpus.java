package io.candor.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Documents about topics within domains, made from a seed: the same number is the same document, on
 * every machine. Passages of a topic share words and lie close together.
 */
final class ScaleCorpus {
  static final int CHUNKS = 10;

  private static final long SEED = 20_260_601;
  private static final int DOMAINS = 60;
  private static final int DOCUMENTS_OF_TOPIC = 5;
  private static final int MEAN_LENGTH = 400;

  private final ScaleWords words = new ScaleWords();
  private final ScaleVectors vectors = new ScaleVectors(random(0, 0));
  private final List<Subject> domains = new ArrayList<>();
  private final int documents;

  ScaleCorpus(int chunks) {
    documents = chunks / CHUNKS;
    for (int domain = 0; domain < DOMAINS; domain++) {
      domains.add(subject(200, ScaleVectors.DOMAIN, random(1, domain)));
    }
  }

  private record Subject(List<String> words, float[] vector) {
    /** The first words are the most typical. */
    String word(RandomGenerator random) {
      double place = random.nextDouble();
      return words.get((int) (place * place * words.size()));
    }
  }

  record Passage(String heading, String text, float[] vector) {}

  record Document(String title, List<Passage> passages) {}

  record Question(String text, float[] vector) {}

  int documents() {
    return documents;
  }

  private static RandomGenerator random(int kind, int number) {
    return new SplittableRandom(SEED * 31 + kind * 1_000_000_007L + number);
  }

  private Subject subject(int size, double share, RandomGenerator random) {
    return new Subject(words.subject(size, random), vectors.part(share, random));
  }

  private Subject domainOf(int topic) {
    return domains.get(random(2, topic).nextInt(DOMAINS));
  }

  private Subject topic(int topic) {
    return subject(30, ScaleVectors.TOPIC, random(3, topic));
  }

  Document document(int number) {
    int topicNumber = number / DOCUMENTS_OF_TOPIC;
    var topic = topic(topicNumber);
    var domain = domainOf(topicNumber);
    var random = random(4, number);
    var part = vectors.part(ScaleVectors.DOCUMENT, random);
    var title = topic.word(random) + " " + domain.word(random) + " " + topic.word(random);
    var passages = new ArrayList<Passage>(CHUNKS);
    for (int i = 0; i < CHUNKS; i++) {
      var heading = domain.word(random) + " " + topic.word(random);
      var text = text(topic, domain, random);
      var own = vectors.part(ScaleVectors.PASSAGE, random);
      passages.add(
          new Passage(heading, text, vectors.passage(domain.vector(), topic.vector(), part, own)));
    }
    return new Document(title, passages);
  }

  private String text(Subject topic, Subject domain, RandomGenerator random) {
    var text = new StringBuilder();
    double length = MEAN_LENGTH * Math.exp(0.35 * random.nextGaussian() - 0.06);
    while (text.length() < length) {
      double source = random.nextDouble();
      text.append(text.isEmpty() ? "" : " ");
      text.append(
          source < 0.7
              ? words.any(random)
              : source < 0.85 ? topic.word(random) : domain.word(random));
    }
    return text.append('.').toString();
  }

  /** A question about one passage of that document, in half its words and some others. */
  Question question(int number, int document) {
    int topicNumber = document / DOCUMENTS_OF_TOPIC;
    var topic = topic(topicNumber);
    var domain = domainOf(topicNumber);
    var random = random(5, number);
    var replay = random(4, document);
    var part = vectors.part(ScaleVectors.DOCUMENT, replay);
    var passages = document(document).passages();
    var about = passages.get(random.nextInt(CHUNKS)).text().split("[ .]");
    var text = new StringBuilder("how");
    int length = 6 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      boolean shared = random.nextDouble() < 0.5;
      text.append(' ').append(shared ? about[random.nextInt(about.length)] : words.any(random));
    }
    var own = vectors.part(ScaleVectors.PASSAGE, random);
    return new Question(
        text.append('?').toString(),
        vectors.question(random, domain.vector(), topic.vector(), part, own));
  }
}
