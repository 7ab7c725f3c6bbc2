package io.candor.chat.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.audit.Outbox;
import io.candor.grounding.Verifier;
import io.candor.security.Credential;
import io.candor.security.Screening;
import io.candor.security.TenantTransaction;
import io.candor.serving.EmbeddingModels;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What people think of answers, and what reviewers let the model learn of it: words only, for the
 * facts that it was given. A sentence that those facts do not support is refused.
 */
@ApplicationScoped
class Reviews {
  private static final int MOST_EXPORTED = 100_000;
  private static final int UNPROCESSABLE_CONTENT = 422;
  private static final String FEEDBACK = "candor.feedback";

  private final TenantTransaction transaction;
  private final DataSource database;
  private final Screening screening;
  private final Verifier verifier;
  private final EmbeddingModels embeddings;
  private final Outbox outbox;
  private final ObjectMapper json;

  Reviews(
      TenantTransaction transaction,
      DataSource database,
      Screening screening,
      Verifier verifier,
      EmbeddingModels embeddings,
      Outbox outbox,
      ObjectMapper json) {
    this.transaction = transaction;
    this.database = database;
    this.screening = screening;
    this.verifier = verifier;
    this.embeddings = embeddings;
    this.outbox = outbox;
    this.json = json;
  }

  private interface Work<T> {
    T with(FeedbackRows rows) throws SQLException;
  }

  private <T> T call(UUID tenant, Work<T> work) {
    return transaction.call(
        tenant,
        () -> {
          try (var connection = database.getConnection()) {
            return work.with(new FeedbackRows(connection));
          }
        });
  }

  /** Keeps what somebody thinks of one of the tenant's answers; personal data are masked. */
  Feedback put(Credential author, UUID answer, FeedbackRequest said) {
    var masked =
        new FeedbackRequest(said.rating(), masked(said.comment()), masked(said.correction()));
    return call(
        author.tenant(),
        rows -> {
          rows.answer(answer)
              .orElseThrow(() -> new NotFoundException("no answer %s".formatted(answer)));
          boolean isNews = rows.put(author.tenant(), answer, author.id(), masked);
          var kept = rows.find(answer, author.id()).orElseThrow();
          var isSame =
              kept.rating() == masked.rating()
                  && kept.comment().equals(Optional.ofNullable(masked.comment()))
                  && kept.correction().equals(Optional.ofNullable(masked.correction()));
          if (!isSame) {
            throw conflict("it was %s already".formatted(kept.state()));
          }
          if (isNews) {
            outbox.add(FEEDBACK, answer.toString(), write(kept));
          }
          return kept;
        });
  }

  private String write(Feedback feedback) {
    try {
      return json.writeValueAsString(feedback);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("feedback is plain data", e);
    }
  }

  private String masked(String text) {
    return FeedbackRequest.given(text)
        .map(words -> screening.screen(words).redacted())
        .orElse(null);
  }

  List<Feedback> list(UUID tenant, Feedback.State state, int most) {
    return call(tenant, rows -> rows.list(state, most));
  }

  /**
   * Decides what becomes of a feedback, once.
   *
   * @throws ClientErrorException 409 if it is decided, 422 with what differs if the words to learn
   *     say more than the facts
   */
  Feedback review(Credential reviewer, UUID id, ReviewRequest request) {
    return call(
        reviewer.tenant(),
        rows -> {
          var feedback =
              rows.find(id)
                  .orElseThrow(() -> new NotFoundException("no feedback %s".formatted(id)));
          if (feedback.state() != Feedback.State.OPEN) {
            throw conflict("it was %s already".formatted(feedback.state()));
          }
          switch (request.decision()) {
            case REJECTED -> rows.reject(id, reviewer.id());
            case APPROVED -> rows.approve(id, approval(rows, feedback, request), reviewer.id());
          }
          return rows.find(id).orElseThrow();
        });
  }

  private FeedbackRows.Approval approval(
      FeedbackRows rows, Feedback feedback, ReviewRequest request) throws SQLException {
    var answer = rows.answer(feedback.answerId()).orElseThrow();
    var prompt =
        answer
            .prompt()
            .orElseThrow(() ->
                conflict("the model did not say this answer from one set of facts: reject it"));
    var words =
        Optional.ofNullable(masked(request.correction()))
            .or(feedback::correction)
            .or(() -> ownWords(feedback, answer))
            .orElseThrow(() ->
                new BadRequestException(
                    "'correction' is missing: what should the answer have said?"));
    var lesson = Lesson.of(words, prompt.facts(), verifier);
    var forced = !lesson.unsupported().isEmpty();
    if (forced && !request.force()) {
      throw new ClientErrorException(
          "the facts do not support " + lesson.fault(), UNPROCESSABLE_CONTENT);
    }
    var model = embeddings.get(embeddings.use());
    return new FeedbackRows.Approval(
        lesson.text(),
        forced,
        prompt.question(),
        model.embedQuery(prompt.question()).vector(),
        model.modelName());
  }

  private static Optional<String> ownWords(Feedback feedback, RecordedAnswer answer) {
    return feedback.rating() == Feedback.Rating.UP ? Optional.of(answer.text()) : Optional.empty();
  }

  private static ClientErrorException conflict(String reason) {
    return new ClientErrorException(reason, Status.CONFLICT);
  }

  /** What was approved as examples to train with, a JSON document a line, the oldest first. */
  String export(UUID tenant) {
    return call(
        tenant,
        rows -> {
          var lines = new StringBuilder();
          for (var feedback : rows.list(Feedback.State.APPROVED, MOST_EXPORTED)) {
            var answer = rows.answer(feedback.answerId()).orElseThrow();
            lines.append(example(answer, feedback.approved().orElseThrow())).append('\n');
          }
          return lines.toString();
        });
  }

  private ObjectNode example(RecordedAnswer answer, String approved) {
    var prompt = answer.prompt().orElseThrow();
    var example = json.createObjectNode().put("conversation", answer.conversation());
    var messages = example.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.system());
    messages.addObject().put("role", "user").put("content", prompt.user());
    messages.addObject().put("role", "assistant").put("content", approved);
    return example;
  }
}
