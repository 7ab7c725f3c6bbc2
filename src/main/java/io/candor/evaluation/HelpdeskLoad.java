package io.candor.evaluation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Deliveries as Zendesk sends them, some of them repeated, forged or malformed, each sent until it
 * is acknowledged or refused, whatever happens to the server meanwhile; and a desk that fails. In
 * the end every good conversation must have one reply for each message, and no bad one any.
 */
public final class HelpdeskLoad implements AutoCloseable {
  /** The account that a channel must have for this. */
  public static final String EMAIL = "bot@example.com";

  public static final String SECRET = "a-signing-secret";
  public static final String BOT = "900";

  private static final double REPEATED = 0.10;
  private static final double FORGED = 0.05;
  private static final double MALFORMED = 0.02;
  private static final double FAILING = 0.20;
  private static final int SENDERS = 4;

  /** Longer than the service's longest pause: a message that waits for its next try is not lost. */
  private static final Duration GIVE_UP = Duration.ofMinutes(7);

  private static final Duration DOWN = Duration.ofMillis(100);

  private final FailingDesk desk;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<String, Integer> messages = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();
  private final List<Double> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger badAccepted = new AtomicInteger();
  private final AtomicInteger goodRefused = new AtomicInteger();
  private final AtomicInteger sent = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private record Delivery(String body, String secret, boolean good) {}

  /**
   * What came of it.
   *
   * @param once conversations with one reply for each message
   * @param more conversations with more
   * @param fewer conversations with fewer
   * @param badAccepted forged or malformed deliveries that were acknowledged or answered
   */
  public record Result(
      int conversations,
      int once,
      int more,
      int fewer,
      int badAccepted,
      int goodRefused,
      Quantiles acknowledged,
      int calls,
      int failures) {}

  /**
   * Makes the deliveries.
   *
   * @param size how many in all
   * @param perConversation how many of the good ones in a conversation
   * @param questions what they say, by turns, with a word of their own
   */
  public HelpdeskLoad(int size, int perConversation, List<String> questions) throws IOException {
    var random = new Random(11);
    desk = new FailingDesk(FAILING, 13);
    var good = new ArrayList<Delivery>();
    while (deliveries.size() < size) {
      int number = deliveries.size();
      double dice = random.nextDouble();
      if (dice < REPEATED && !good.isEmpty()) {
        deliveries.add(good.get(random.nextInt(good.size())));
      } else if (dice < REPEATED + FORGED) {
        deliveries.add(new Delivery(body(stranger(number), number, "Hello?"), "wrong", false));
      } else if (dice < REPEATED + FORGED + MALFORMED) {
        var body = body(stranger(number), number, "Hello?");
        deliveries.add(new Delivery(body.substring(0, body.length() / 2), SECRET, false));
      } else {
        var conversation = String.valueOf(1_000_000 + good.size() / perConversation);
        desk.open(conversation);
        messages.merge(conversation, 1, Integer::sum);
        var question = questions.get(good.size() % questions.size());
        good.add(new Delivery(body(conversation, number, question), SECRET, true));
        deliveries.add(good.getLast());
      }
    }
  }

  private String stranger(int number) {
    var conversation = String.valueOf(9_000_000 + number);
    desk.open(conversation);
    strangers.add(conversation);
    return conversation;
  }

  private static String body(String conversation, int number, String question) {
    return """
    {"id": "event-%1$d", "type": "zen:event-type:ticket.comment_added", "time": "%2$s",
     "detail": {"id": "%3$s", "tags": [], "via": {"channel": "web"}},
     "event": {"comment": {"id": "%1$d", "body": "%4$s", "is_public": true,
                           "author": {"id": "5", "is_staff": false}}}}\
    """
        .formatted(
            number, Instant.now().plusMillis(number), conversation, question.formatted(number));
  }

  /** The settings of the channel's account. */
  public Map<String, String> account() {
    return Map.of("base_url", desk.url(), "email", EMAIL, "bot_id", BOT);
  }

  /** How many deliveries were acknowledged or refused so far. */
  public int sent() {
    return sent.get();
  }

  /** How long each delivery took to be acknowledged or refused. */
  public Quantiles acknowledged() {
    return Quantiles.of(List.copyOf(acknowledged));
  }

  /** What was replied in each conversation, in order. */
  public List<List<String>> replies() {
    return messages.keySet().stream().map(desk::replies).toList();
  }

  /** Sends them all; returns when every one was acknowledged or refused. */
  public void send(URI hook) throws InterruptedException {
    var left = new ConcurrentLinkedQueue<>(deliveries);
    var senders = new ArrayList<Thread>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofVirtual().start(() -> send(hook, left)));
    }
    for (var sender : senders) {
      sender.join();
    }
  }

  private void send(URI hook, ConcurrentLinkedQueue<Delivery> left) {
    for (var next = left.poll(); next != null; next = left.poll()) {
      int status = send(hook, next);
      boolean accepted = status / 100 == 2;
      if (accepted != next.good()) {
        (next.good() ? goodRefused : badAccepted).incrementAndGet();
      }
      sent.incrementAndGet();
    }
  }

  /** As a helpdesk does, again until there is an answer. */
  private int send(URI hook, Delivery delivery) {
    while (true) {
      long began = System.nanoTime();
      var answer = post(hook, delivery);
      if (answer.isPresent() && answer.get() < 500) {
        acknowledged.add((System.nanoTime() - began) / 1e6);
        return answer.get();
      }
      pause();
    }
  }

  private Optional<Integer> post(URI hook, Delivery delivery) {
    var now = Instant.now().toString();
    var request =
        HttpRequest.newBuilder(hook)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("X-Zendesk-Webhook-Signature", sign(delivery.secret(), now + delivery.body()))
            .header("X-Zendesk-Webhook-Signature-Timestamp", now)
            .POST(BodyPublishers.ofString(delivery.body()))
            .build();
    try {
      return Optional.of(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String sign(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(DOWN);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits until every conversation is answered, or none was for long; then a while for doubles. */
  public Result await() throws InterruptedException {
    long last = System.nanoTime();
    int before = -1;
    while (open() > 0 && System.nanoTime() - last < GIVE_UP.toNanos()) {
      if (open() != before) {
        before = open();
        last = System.nanoTime();
      }
      Thread.sleep(DOWN.multipliedBy(5));
    }
    Thread.sleep(Duration.ofSeconds(5));
    return result();
  }

  private int open() {
    return Math.toIntExact(
        messages.entrySet().stream()
            .filter(conversation ->
                desk.replies(conversation.getKey()).size() < conversation.getValue())
            .count());
  }

  private Result result() {
    int more = 0;
    int fewer = 0;
    for (var conversation : messages.entrySet()) {
      int replies = desk.replies(conversation.getKey()).size();
      more += replies > conversation.getValue() ? 1 : 0;
      fewer += replies < conversation.getValue() ? 1 : 0;
    }
    long strangersAnswered = strangers.stream().filter(s -> !desk.replies(s).isEmpty()).count();
    return new Result(
        messages.size(),
        messages.size() - more - fewer,
        more,
        fewer,
        badAccepted.get() + Math.toIntExact(strangersAnswered),
        goodRefused.get(),
        acknowledged(),
        desk.calls(),
        desk.failures());
  }

  @Override
  public void close() {
    http.close();
    desk.close();
  }
}
