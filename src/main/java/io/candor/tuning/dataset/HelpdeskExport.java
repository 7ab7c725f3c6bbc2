package io.candor.tuning.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tickets as a {@link Helpdesk} exports them in JSON: one, a list, a list below a name such as
 * {@code tickets}, or one after the other. The question is what the customer wrote, the answer an
 * agent's public reply.
 */
record HelpdeskExport(Path file) implements Source {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> LISTS =
      List.of("tickets", "conversations", "payload", "data", "results");

  @Override
  public List<Exchange> read(Brand brand) throws IOException {
    var exchanges = new ArrayList<Exchange>();
    try (var reader = Utf8.reader(file);
        MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(reader)) {
      while (values.hasNextValue()) {
        int line = values.getCurrentLocation().getLineNr();
        tickets(values.nextValue()).forEach(ticket -> exchanges.addAll(exchanges(line, ticket)));
      }
      return exchanges;
    } catch (JsonProcessingException e) {
      throw InvalidSource.of(file, e);
    } catch (CharacterCodingException e) {
      throw InvalidSource.notUtf8(file);
    } catch (RuntimeJsonMappingException e) {
      throw new InvalidSource(file, e.getMessage());
    }
  }

  private static Stream<JsonNode> tickets(JsonNode value) {
    if (value.isArray()) {
      return value.valueStream().flatMap(HelpdeskExport::tickets);
    }
    if (value.has("ticket")) { // a ticket whose comments stand beside it
      var ticket = value.path("ticket").<ObjectNode>deepCopy();
      return Stream.of(
          value.has("comments") ? ticket.set("comments", value.get("comments")) : ticket);
    }
    return value.has("id")
        ? Stream.of(value)
        : LISTS.stream().filter(value::has).flatMap(list -> tickets(value.path(list)));
  }

  private List<Exchange> exchanges(int line, JsonNode ticket) {
    var conversation =
        Helpdesk.conversation(ticket)
            .orElseThrow(() ->
                new InvalidSource(
                    file, line, "this is no ticket of Zendesk, Intercom, Chatwoot or Freshdesk"));
    return conversation.exchanges("%s#%s".formatted(file.getFileName(), conversation.id()));
  }
}
