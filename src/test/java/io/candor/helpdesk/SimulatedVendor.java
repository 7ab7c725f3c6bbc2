package io.candor.helpdesk;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.Map;

/** A helpdesk's protocol as its vendor documents it, written without the code under test. */
interface SimulatedVendor {
  String name();

  /** The settings of the account, as an administrator of the helpdesk knows them. */
  Map<String, String> account(String baseUrl);

  String token();

  String secret();

  /** A delivery that tells of a customer's message, signed with the secret. */
  HttpRequest message(String hook, Said said, String secret);

  /** A colleague gives the conversation back to the bot, where the helpdesk has a way to do so. */
  default void giveBack(String conversation) {}

  /** A call of the API. */
  Reply handle(Call call, Desks desks);

  /** A customer's message; the id is a number as text, as all vendors have it. */
  record Said(String conversation, String id, String text) {}

  /** A request; the body is null where there is none. */
  record Call(String method, String path, Map<String, String> headers, JsonNode body, String raw) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  record Reply(int status, String body) {
    static final Reply UNAUTHORISED = new Reply(401, "{\"error\": \"no access\"}");
    static final Reply UNKNOWN = new Reply(404, "{\"error\": \"not found\"}");

    static Reply ok(Object json) {
      return new Reply(200, json.toString());
    }

    static Reply refused(String why) {
      return new Reply(422, "{\"error\": \"%s\"}".formatted(why));
    }
  }
}
