package io.candor.helpdesk;

import io.candor.chat.Answer;
import io.candor.chat.ChannelChat;
import io.candor.helpdesk.vendor.Event;
import io.candor.helpdesk.vendor.Post;
import io.candor.security.Credential;
import io.candor.security.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides what is done about a delivery: guards against loops first, then the operator's rules and
 * the customer's tone, and only then is the chat asked.
 */
final class Planner {
  /** Said to somebody who asked nothing; a reply would only reopen their ticket. */
  private static final Set<String> WANT_NO_REPLY = Set.of("thanks", "goodbye", "banter");

  /** A policy that names a person as the one who decides. */
  private static final Pattern SENDS_TO_A_PERSON =
      Pattern.compile(
          "\\b(must|has to|have to|can only|may only|will|should|needs to|need to|is|are) (be )?"
              + "(decided|approved|handled|reviewed|authori[sz]ed|assessed|agreed|dealt with) "
              + "(only |individually )?by (a|an|our|the) \\w+"
              + "|\\b(is|are|must be|should be) (escalated|referred|passed|handed over) to\\b"
              + "|\\bdecided case by case\\b",
          Pattern.CASE_INSENSITIVE);

  private final Answerer answerer;
  private final LoopGuard guard;

  Planner(Answerer answerer, LoopGuard guard) {
    this.answerer = answerer;
    this.guard = guard;
  }

  /** A delivery, and all that is known around it. */
  record Case(
      Queue.Taken taken, Channel channel, Conversation conversation, Task task, Instant now) {}

  Plan plan(Case one) {
    var inbound = one.channel().vendor().inbound();
    var event = inbound.read(one.task().body(), one.channel().account(), one.task().receivedAt());
    return switch (event) {
      case Event.Ping() -> Plan.ignore("ping");
      case Event.Nothing nothing -> Plan.ignore(nothing.reason());
      case Event.StaffSaid _ -> Plan.stepAside();
      case Event.GivenBack _ -> Plan.giveBack();
      case Event.Said said -> plan(one, said);
    };
  }

  /** Never silent: what cannot be answered at all goes to a person, too. */
  Plan giveUp(Case one) {
    var inbound = one.channel().vendor().inbound();
    return inbound.read(one.task().body(), one.channel().account(), one.task().receivedAt())
            instanceof Event.Said said
        ? handOff(one, said, HandoffReason.FAILURE, Optional.empty())
        : Plan.ignore("failure");
  }

  private Plan plan(Case one, Event.Said said) {
    var received = one.task().receivedAt();
    var ignored = guard.ignored(said, received, one.conversation());
    if (one.channel().mode() == Mode.OFF || ignored.isPresent()) {
      return Plan.ignore(ignored.orElse("off"));
    }
    var silent = one.conversation().silentSince();
    boolean givenBack =
        said.ours().orElse(false) && silent.filter(said.place().at()::isAfter).isPresent();
    if (!givenBack && (silent.isPresent() || !said.ours().orElse(true))) {
      return Plan.ignore("with_a_person");
    }
    var plan = answer(one, said);
    return givenBack ? plan.afterGivenBack() : plan;
  }

  private Plan answer(Case one, Event.Said said) {
    var rule = one.channel().settings().rules().stream().filter(r -> r.fits(said)).findFirst();
    var then = rule.map(Rule::then);
    if (then.filter(Rule.Then.IGNORE::equals).isPresent()) {
      return Plan.ignore("rule");
    }
    var reason = before(one, said, then);
    if (reason.isPresent()) {
      return handOff(one, said, reason.get(), Optional.empty());
    }
    var result =
        answerer.answer(
            new Credential(
                one.taken().tenant(),
                one.taken().tenantName(),
                "helpdesk-" + one.channel().id(),
                Set.of(Scope.CHAT)),
            one.task().id(),
            one.conversation().chat(),
            said.text(),
            said.language().flatMap(Planner::locale));
    boolean auto = then.map(Rule.Then.AUTO::equals).orElse(one.channel().mode() == Mode.AUTO);
    return byOutcome(one, said, result, auto);
  }

  /** Why a person is needed before anything is looked up. */
  private Optional<HandoffReason> before(Case one, Event.Said said, Optional<Rule.Then> then) {
    if (then.filter(Rule.Then.HAND_OVER::equals).isPresent()) {
      return Optional.of(HandoffReason.RULE);
    }
    if (guard.isLoop(said, one.task().receivedAt(), one.conversation())) {
      return Optional.of(HandoffReason.LOOP);
    }
    return said.text().length() > ChannelChat.LONGEST_MESSAGE
        ? Optional.of(HandoffReason.TOO_LONG)
        : Tone.of(said.text());
  }

  private Plan byOutcome(Case one, Event.Said said, ChannelChat.Result result, boolean auto) {
    var answer = result.answer();
    return switch (answer.outcome()) {
      case "handed_off" -> handOff(one, said, personWanted(answer), Optional.of(answer));
      case "abstained" -> handOff(one, said, abstained(answer), Optional.of(answer));
      case "clarify" -> clarify(one, said, result, auto);
      default -> answered(one, said, result, auto);
    };
  }

  private static HandoffReason personWanted(Answer answer) {
    return "asked_for_a_person".equals(answer.reason())
        ? HandoffReason.ASKED_FOR_A_PERSON
        : HandoffReason.NEEDS_A_PERSON;
  }

  private static HandoffReason abstained(Answer answer) {
    return "looks_like_an_attack".equals(answer.reason())
        ? HandoffReason.LOOKS_LIKE_AN_ATTACK
        : HandoffReason.ABSTAINED;
  }

  /** Asking back asserts nothing, so that no confidence is needed. */
  private Plan clarify(Case one, Event.Said said, ChannelChat.Result result, boolean auto) {
    var reason = String.valueOf(result.answer().reason());
    if (WANT_NO_REPLY.contains(reason)) {
      return Plan.of(reason, List.of(), Optional.of(result.answer().conversationId()));
    }
    return reason.equals("complaint")
        ? handOff(one, said, HandoffReason.ANGRY, Optional.of(result.answer()))
        : auto ? reply(one, result) : draft(result, false);
  }

  private Plan answered(Case one, Event.Said said, ChannelChat.Result result, boolean auto) {
    var answer = result.answer();
    boolean toAPerson =
        answer.citations().stream()
            .anyMatch(citation -> SENDS_TO_A_PERSON.matcher(citation.quote()).find());
    boolean sure =
        answer.reason() == null && result.confidence() >= one.channel().settings().confidence();
    if (toAPerson) {
      return handOff(one, said, HandoffReason.POLICY, Optional.of(answer));
    }
    return auto && sure ? reply(one, result) : draft(result, auto);
  }

  private static Plan reply(Case one, ChannelChat.Result result) {
    var text = ReplyText.reply(result.answer(), one.channel().settings().sources());
    return Plan.of(
        Plan.REPLIED,
        List.of(new Post(Post.Kind.REPLY, text)),
        Optional.of(result.answer().conversationId()));
  }

  /**
   * A note with what could be replied.
   *
   * @param show whether the staff must be shown the conversation, because it expects a bot there
   */
  private static Plan draft(ChannelChat.Result result, boolean show) {
    var posts = new ArrayList<>(List.of(new Post(Post.Kind.NOTE, ReplyText.draft(result))));
    if (show) {
      posts.add(new Post(Post.Kind.HAND_OVER, "draft"));
    }
    return Plan.of(Plan.DRAFTED, posts, Optional.of(result.answer().conversationId()));
  }

  private static Plan handOff(
      Case one, Event.Said said, HandoffReason reason, Optional<Answer> answer) {
    var posts =
        Handoff.posts(
            one.channel(),
            one.channel().mode() == Mode.AUTO,
            reason,
            one.conversation(),
            said.text(),
            answer,
            one.now());
    return Plan.handOff(reason, posts, answer.map(Answer::conversationId));
  }

  private static Optional<Locale> locale(String language) {
    try {
      return Optional.of(new Locale.Builder().setLanguageTag(language.replace('_', '-')).build());
    } catch (IllformedLocaleException e) {
      return Optional.empty();
    }
  }
}
