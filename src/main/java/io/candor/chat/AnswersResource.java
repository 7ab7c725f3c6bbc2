package io.candor.chat;

import io.candor.audit.AnswerLog;
import io.candor.security.CurrentTenant;
import io.candor.security.TenantTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Answers as they were given. */
@Path("/api/v1/answers/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AnswersResource {
  private final AnswerLog log;
  private final TenantTransaction transaction;
  private final CurrentTenant current;

  AnswersResource(AnswerLog log, TenantTransaction transaction, CurrentTenant current) {
    this.log = log;
    this.transaction = transaction;
    this.current = current;
  }

  /** Byte for byte what the caller was given. */
  @GET
  public String answer(@PathParam("id") String id) {
    return transaction
        .call(current.id(), () -> log.response(uuid(id)))
        .orElseThrow(() -> new NotFoundException("no answer %s".formatted(id)));
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException("no answer '%.40s': an answer's id is a UUID".formatted(id), e);
    }
  }
}
