package io.candor.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.candor.audit.AnswerLog;
import io.candor.audit.AnswerRecord;
import io.candor.audit.Outbox;
import io.candor.security.TenantTransaction;
import io.candor.serving.AdapterSet;
import io.candor.serving.LanguageModel;
import io.candor.serving.ModelIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The stage that records: the answer with all that it was made from, its turn in the conversation,
 * and the events for Kafka, in one transaction. Only then is the answer final.
 */
@ApplicationScoped
class AnswerRecorder {
  private static final String ANSWERS = "candor.answers";
  private static final String HANDOFFS = "candor.handoffs";

  private static final ModelIdentity NO_MODEL =
      new ModelIdentity("none", ModelIdentity.UNKNOWN, ModelIdentity.NO_ADAPTER);

  private final TenantTransaction transaction;
  private final AnswerLog log;
  private final Conversations conversations;
  private final Outbox outbox;
  private final LanguageModel model;
  private final ChatConfig config;
  private final ObjectMapper json;

  AnswerRecorder(
      TenantTransaction transaction,
      AnswerLog log,
      Conversations conversations,
      Outbox outbox,
      LanguageModel model,
      ChatConfig config,
      ObjectMapper json) {
    this.transaction = transaction;
    this.log = log;
    this.conversations = conversations;
    this.outbox = outbox;
    this.model = model;
    this.config = config;
    this.json = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  }

  Answer record(Run run, AnswerPipeline.Made made) {
    var answer = answer(run, made);
    var response = write(answer);
    var record =
        new AnswerRecord(
            answer.answerId(),
            answer.conversationId(),
            answer.outcome(),
            response,
            write(inputs(run, made)),
            made.draft().ranges(),
            run.at());
    var tenant = run.who().tenant();
    var conversation = answer.conversationId().toString();
    transaction.run(
        tenant,
        () -> {
          conversations.add(tenant, answer, made.message(), made.standalone());
          log.append(tenant, record);
          outbox.add(ANSWERS, conversation, response);
          if (made.ended().outcome() == Outcome.HANDED_OFF) {
            outbox.add(HANDOFFS, conversation, response);
          }
        });
    return answer;
  }

  private Answer answer(Run run, AnswerPipeline.Made made) {
    var knowledge = made.parts().getFirst().findings().knowledge();
    var model = identity(made.ended());
    var usage = made.draft().usage();
    return new Answer(
        run.answerId(),
        run.conversationId(),
        made.ended().outcome().toString(),
        made.ended().reason(),
        made.draft().text(),
        made.draft().sentences(),
        made.draft().citations(),
        new Answer.Knowledge(knowledge.asOf(), knowledge.token().toString(), knowledge.lagMs()),
        new Answer.Model(model.base(), model.adapter()),
        new Answer.Usage(usage.inputTokenCount(), usage.outputTokenCount()),
        run.timings());
  }

  /** Everything that determines the answer; personal data is masked already. */
  private Inputs inputs(Run run, AnswerPipeline.Made made) {
    var knowledge = made.parts().getFirst().findings().knowledge();
    return new Inputs(
        made.message(),
        made.standalone(),
        made.screened().injection().score(),
        run.at(),
        knowledge.asOf(),
        knowledge.token().toString(),
        made.parts().stream().map(AnswerRecorder::asked).toList(),
        identity(made.ended()),
        made.voice(),
        config.seed(),
        made.ended().spoken());
  }

  private static Asked asked(Part part) {
    var found = part.findings();
    return new Asked(
        part.question(),
        part.corrected().orElse(null),
        found.probability(),
        found.evidence().stream()
            .map(e -> new Used(e.hit().versionId(), e.start(), e.end(), e.score()))
            .toList());
  }

  /** The model that spoke; where none did, the one that would have. */
  private ModelIdentity identity(AnswerPipeline.Ended ended) {
    return ended.spoken().stream()
        .flatMap(spoken -> spoken.speaker().stream())
        .findFirst()
        .orElseGet(this::configured);
  }

  /** An answer is given without a model too, in the policies' own words. */
  private ModelIdentity configured() {
    return model.ready().isDone() && !model.ready().isCompletedExceptionally()
        ? model.identity()
        : NO_MODEL;
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the answer as JSON", e);
    }
  }

  /** The canonical form of what an answer was made from: fields in this order, keys sorted. */
  private record Inputs(
      String question,
      String standalone,
      double injection,
      Instant askedAt,
      Instant asOf,
      String token,
      List<Asked> parts,
      ModelIdentity model,
      AdapterSet voice,
      int seed,
      List<Speaker.Spoken> spoken) {}

  /** A part of the question, the other words that found its evidence, and that evidence. */
  private record Asked(
      String question, String corrected, double probability, List<Used> evidence) {}

  /** A range of a version that the answer could use. */
  private record Used(UUID version, int start, int end, double score) {}
}
