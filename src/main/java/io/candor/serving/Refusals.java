package io.candor.serving;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.util.concurrent.Callable;

/** Tells a caller over HTTP what the registry has against a request. */
final class Refusals {
  private Refusals() {}

  /** 409 where what is stored stands against it, 400 where the request itself is wrong. */
  static <T> T told(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (NameTaken | NotPassed e) {
      throw new ClientErrorException(e.getMessage(), Status.CONFLICT, e);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e.getMessage(), e);
    }
  }

  /** The body, if there is one. */
  static <T> T required(T body) {
    if (body == null) {
      throw new IllegalArgumentException("the body is missing");
    }
    return body;
  }
}
