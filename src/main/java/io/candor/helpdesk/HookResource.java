package io.candor.helpdesk;

import io.candor.helpdesk.vendor.Delivery;
import io.candor.helpdesk.wire.HelpdeskConfig;
import io.candor.helpdesk.wire.Vault;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where helpdesks send what happened: acknowledged as soon as it is kept, answered afterwards. The
 * address names the channel, and the signature proves the sender.
 */
@Path("/hooks/{helpdesk}/{channel}")
@RunOnVirtualThread
public class HookResource {
  private final Inbox inbox;
  private final Vault vault;
  private final HelpdeskMeter meter;
  private final int largest;

  HookResource(Inbox inbox, Vault vault, HelpdeskMeter meter, HelpdeskConfig config) {
    this.inbox = inbox;
    this.vault = vault;
    this.meter = meter;
    this.largest = Math.toIntExact(config.largestDelivery().asLongValue());
  }

  /** Whether there is such an address at all; nothing is told of the channel. */
  @HEAD
  public Response isThere() {
    return Response.noContent().build();
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  public Response receive(
      @PathParam("helpdesk") String helpdesk,
      @PathParam("channel") String channel,
      @QueryParam("token") String token,
      @Context HttpHeaders headers,
      InputStream body)
      throws IOException {
    var named =
        headers.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey(), header -> header.getValue().getFirst()));
    var delivery = new Delivery(named, token == null ? "" : token, read(body));
    var receipt = inbox.receive(helpdesk, id(channel), delivery);
    meter.count(receipt);
    return switch (receipt) {
      case Receipt.Stored(), Receipt.Repeated(), Receipt.Pong() -> Response.noContent().build();
      case Receipt.Unknown() -> throw unknown();
      case Receipt.Forged() ->
          throw new NotAuthorizedException("the signature is not this channel's", "Signature");
      case Receipt.Malformed(var reason) -> throw new BadRequestException(reason);
    };
  }

  /** No more of it than is allowed, whatever its length is said to be. */
  private byte[] read(InputStream body) throws IOException {
    var bytes = body.readNBytes(largest + 1);
    if (bytes.length > largest) {
      meter.count(HelpdeskMeter.Delivered.TOO_LARGE);
      throw new ClientErrorException(
          "the delivery is larger than %,d bytes".formatted(largest),
          Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }
    return bytes;
  }

  private UUID id(String channel) {
    if (!vault.isOpen()) {
      throw unknown();
    }
    try {
      return UUID.fromString(channel);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static NotFoundException unknown() {
    return new NotFoundException("no such channel");
  }
}
