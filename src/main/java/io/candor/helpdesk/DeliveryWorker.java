package io.candor.helpdesk;

import io.candor.audit.Outbox;
import io.candor.helpdesk.vendor.Desk;
import io.candor.helpdesk.vendor.DeskFailure;
import io.candor.helpdesk.vendor.Event;
import io.candor.helpdesk.vendor.Inbound;
import io.candor.helpdesk.vendor.Post;
import io.candor.helpdesk.vendor.Target;
import io.candor.helpdesk.wire.GuardedHttp;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.Json;
import io.candor.helpdesk.wire.TenantConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Works through what helpdesks sent, one step after another, each stored before the next:
 *
 * <ol>
 *   <li>received: a plan is made, with every word that will be posted
 *   <li>planned: it is stored that a post will be tried, then it is posted, then that it arrived;
 *       one that was tried before is looked for first
 *   <li>done, or failed once it was tried often enough
 * </ol>
 */
final class DeliveryWorker {
  private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
  private static final String HANDOFFS = "candor.handoffs";

  /** The chat announces these itself; nobody needs to be told of a colleague's own reply. */
  private static final Set<HandoffReason> ANNOUNCED =
      EnumSet.of(
          HandoffReason.ASKED_FOR_A_PERSON,
          HandoffReason.NEEDS_A_PERSON,
          HandoffReason.STAFF_REPLIED);

  /** How often a plan is tried before the conversation goes to a person instead. */
  private static final int PLANS = 3;

  private final TenantConnections connections;
  private final Queue queue;
  private final Channels channels;
  private final Planner planner;
  private final GuardedHttp http;
  private final HelpdeskConfig config;
  private final Clock clock;
  private final HelpdeskMeter meter;
  private final Circuit circuit;

  DeliveryWorker(
      TenantConnections connections,
      Channels channels,
      Planner planner,
      GuardedHttp http,
      HelpdeskConfig config,
      Clock clock,
      HelpdeskMeter meter) {
    this.connections = connections;
    this.queue = new Queue(connections);
    this.channels = channels;
    this.planner = planner;
    this.http = http;
    this.config = config;
    this.clock = clock;
    this.meter = meter;
    this.circuit = new Circuit(config.circuitFailures(), config.circuitPause());
  }

  /** Works on one delivery as far as it goes now; false where nothing is due. */
  boolean work() {
    return connections.call(connection -> {
      var taken = Queue.take(connection);
      if (taken.isPresent()) {
        work(connection, taken.get());
      }
      return taken.isPresent();
    });
  }

  private void work(Connection connection, Queue.Taken taken) throws SQLException {
    var task = Queue.first(connection, taken).filter(t -> !t.dueAt().isAfter(clock.instant()));
    if (task.isEmpty()) {
      return; // another was faster
    }
    var one = look(connection, taken, task.get());
    if (one.isEmpty()) {
      return;
    }
    var plan = task.get().plan().or(() -> plan(one.get()));
    if (plan.isPresent()) {
      carryOut(connection, one.get(), plan.get());
    }
  }

  /**
   * The delivery with what is known around it. One that cannot be looked into, such as that of a
   * channel whose key is missing, must not stay at the head of everybody's queue.
   */
  private Optional<Planner.Case> look(Connection connection, Queue.Taken taken, Task task)
      throws SQLException {
    try {
      var found = channels.find(connection, taken.channel());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      var conversation = Queue.conversation(connection, taken, found.get());
      return Optional.of(new Planner.Case(taken, found.get(), conversation, task, clock.instant()));
    } catch (RuntimeException e) {
      LOG.warnf("delivery %s cannot be looked into yet: %s", task.id(), e.getMessage());
      LOG.debug("delivery %s cannot be looked into yet".formatted(task.id()), e);
      queue.postpone(taken.tenant(), task.id(), clock.instant().plus(config.circuitPause()));
      return Optional.empty();
    }
  }

  private Optional<Plan> plan(Planner.Case one) {
    var tenant = one.taken().tenant();
    var task = one.task();
    try {
      queue.trying(tenant, task.id());
      var plan = task.attempts() < PLANS ? planner.plan(one) : planner.giveUp(one);
      queue.planned(tenant, task.id(), plan);
      return Optional.of(plan);
    } catch (RuntimeException e) {
      LOG.warnf("delivery %s cannot be answered yet: %s", task.id(), e);
      LOG.debug("delivery %s cannot be answered yet".formatted(task.id()), e);
      queue.postpone(tenant, task.id(), clock.instant().plus(pause(task.attempts())));
      return Optional.empty();
    }
  }

  private void carryOut(Connection connection, Planner.Case one, Plan plan) throws SQLException {
    if (one.taken().conversation().equals(Inbound.TEST_CONVERSATION)) {
      Queue.finish(connection, one.task().id(), "done", test(one.channel(), plan));
      return;
    }
    // attempts before this one were of the post that is next
    int attempts = one.task().plan().isPresent() ? one.task().attempts() : 0;
    for (int i = one.task().posted(); i < plan.posts().size(); i++) {
      try {
        if (!post(one, plan.posts().get(i), i, attempts)) {
          return;
        }
      } catch (DeskFailure e) {
        failed(connection, one, e, attempts);
        return;
      } catch (RuntimeException e) {
        LOG.warnf(e, "channel %s: delivery %s waits", one.channel().name(), one.task().id());
        var pause = pause(one.task().attempts());
        queue.postpone(one.taken().tenant(), one.task().id(), clock.instant().plus(pause));
        return;
      }
      attempts = 0;
    }
    Queue.remember(connection, one.taken(), plan);
    Queue.finish(connection, one.task().id(), "done", plan.result());
    meter.count(plan);
    var reason = plan.handOff().filter(why -> !ANNOUNCED.contains(why));
    if (reason.isPresent()) {
      announce(connection, one, reason.get());
    }
  }

  /** False where the helpdesk is left alone for now. */
  private boolean post(Planner.Case one, Post post, int number, int attempts) throws DeskFailure {
    var tenant = one.taken().tenant();
    var delivery = one.task().id();
    var closed = circuit.openUntil(one.channel().id(), clock.instant());
    if (closed.isPresent()) {
      queue.postpone(tenant, delivery, closed.get());
      return false;
    }
    var target =
        new Target(
            one.taken().conversation(),
            message(one),
            one.task().receivedAt(),
            "%s-%d".formatted(delivery, number));
    queue.trying(tenant, delivery);
    var desk = desk(one.channel());
    boolean mayBeThere = attempts > 0 && post.kind() != Post.Kind.HAND_OVER;
    if (!mayBeThere || !desk.isPosted(post, target)) {
      desk.post(post, target);
    }
    circuit.succeeded(one.channel().id());
    queue.posted(tenant, delivery);
    return true;
  }

  private static String message(Planner.Case one) {
    var inbound = one.channel().vendor().inbound();
    return inbound.read(one.task().body(), one.channel().account(), one.task().receivedAt())
            instanceof Event.Said said
        ? said.message()
        : "";
  }

  private Desk desk(Channel channel) {
    return channel
        .vendor()
        .desk(
            channel.account(),
            channel.credentials().secrets().goodAt(clock.instant()),
            http,
            config.timeout());
  }

  private void failed(Connection connection, Planner.Case one, DeskFailure e, int attempts)
      throws SQLException {
    var task = one.task();
    if (e.isPassing()) {
      circuit.failed(one.channel().id(), clock.instant());
    }
    if (e.isPassing() && attempts + 1 < config.attempts()) {
      var pause = e.retryAfter().orElse(pause(attempts));
      queue.postpone(one.taken().tenant(), task.id(), clock.instant().plus(pause));
      LOG.debugf("channel %s: %s; again in %s", one.channel().name(), e.getMessage(), pause);
    } else {
      LOG.warnf(
          "channel %s: delivery %s failed: %s", one.channel().name(), task.id(), e.getMessage());
      Queue.finish(connection, task.id(), "failed", e.getMessage());
      meter.failed();
    }
  }

  /** Twice as long each time, and never at the same time as the others. */
  private Duration pause(int attempts) {
    long longest = config.longestPause().toMillis();
    long pause = config.firstPause().toMillis() << Math.min(attempts, 20);
    long jittered = (long) (pause * ThreadLocalRandom.current().nextDouble(0.75, 1.25));
    return Duration.ofMillis(Math.min(longest, jittered));
  }

  private String test(Channel channel, Plan plan) {
    try {
      desk(channel).check();
      return "test: " + plan.result();
    } catch (DeskFailure | IllegalArgumentException e) {
      return "test failed: " + e.getMessage();
    }
  }

  private static void announce(Connection connection, Planner.Case one, HandoffReason reason)
      throws SQLException {
    var conversation = one.taken().conversation();
    Outbox.add(
        connection,
        HANDOFFS,
        conversation,
        Json.write(
            Map.of(
                "channel", one.channel().name(),
                "helpdesk", one.channel().vendor().toString(),
                "conversation", conversation,
                "reason", reason.toString(),
                "at", Instant.now().toString())));
  }
}
