package io.candor.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Answers in OpenAI's shape, whole or in chunks, with the answer itself beside it. */
final class CompletionsBody {
  private static final String ASSISTANT = "assistant";

  private final ObjectMapper json;
  private final URI server;
  private final String model;
  private final long created;

  /**
   * @param server where citations without an address of their own can be read
   */
  CompletionsBody(ObjectMapper json, URI server, String model, Instant created) {
    this.json = json;
    this.server = server;
    this.model = model;
    this.created = created.getEpochSecond();
  }

  JsonNode completion(Answer answer) {
    var message = json.createObjectNode().put("role", ASSISTANT).put("content", answer.text());
    message.putNull("refusal").set("annotations", annotations(answer));
    var body = body("chat.completion", answer.answerId());
    choice(body).put("finish_reason", "stop").set("message", message);
    body.set("usage", usage(answer));
    body.set("candor", json.valueToTree(answer));
    return body;
  }

  /** The chunk before the first sentence. */
  JsonNode opening(UUID answer) {
    return chunk(answer, json.createObjectNode().put("role", ASSISTANT).put("content", ""));
  }

  JsonNode sentence(UUID answer, String words) {
    return chunk(answer, json.createObjectNode().put("content", words));
  }

  /** The chunk after the last sentence. */
  JsonNode closing(Answer answer) {
    var body = body("chat.completion.chunk", answer.answerId());
    var delta = json.createObjectNode();
    delta.set("annotations", annotations(answer));
    choice(body).put("finish_reason", "stop").set("delta", delta);
    body.set("candor", json.valueToTree(answer));
    return body;
  }

  /** The last chunk of a stream whose tokens are to be counted. */
  JsonNode counted(Answer answer) {
    var body = body("chat.completion.chunk", answer.answerId());
    body.putArray("choices");
    body.set("usage", usage(answer));
    return body;
  }

  private JsonNode chunk(UUID answer, JsonNode delta) {
    var body = body("chat.completion.chunk", answer);
    choice(body).putNull("finish_reason").set("delta", delta);
    return body;
  }

  private ObjectNode body(String object, UUID answer) {
    return json.createObjectNode()
        .put("id", "chatcmpl-" + answer)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }

  private static ObjectNode choice(ObjectNode body) {
    return body.putArray("choices").addObject().put("index", 0).putNull("logprobs");
  }

  /** What the model read is facts too, not what the caller sent alone. */
  private JsonNode usage(Answer answer) {
    var usage = answer.usage();
    return json.createObjectNode()
        .put("prompt_tokens", usage.promptTokens())
        .put("completion_tokens", usage.completionTokens())
        .put("total_tokens", usage.promptTokens() + usage.completionTokens());
  }

  /** One for each marker in the text; ranges are counted in characters, not in UTF-16 units. */
  private ArrayNode annotations(Answer answer) {
    var annotations = json.createArrayNode();
    int start = 0;
    for (var sentence : answer.sentences()) {
      start += characters(sentence.text());
      for (int n : sentence.citations()) {
        int end = start + characters(" [%d]".formatted(n));
        annotations.add(annotation(answer.citations(), n, start + 1, end));
        start = end;
      }
      start++; // the space before the next sentence
    }
    return annotations;
  }

  private JsonNode annotation(List<Answer.Citation> citations, int n, int start, int end) {
    var cited = citations.stream().filter(citation -> citation.n() == n).findFirst().orElseThrow();
    var annotation = json.createObjectNode().put("type", "url_citation");
    annotation
        .putObject("url_citation")
        .put("start_index", start)
        .put("end_index", end)
        .put("url", cited.url() == null ? page(cited) : cited.url())
        .put("title", cited.title());
    return annotation;
  }

  private String page(Answer.Citation cited) {
    var key = URLEncoder.encode(cited.document(), StandardCharsets.UTF_8).replace("+", "%20");
    return server
        .resolve("/api/v1/documents/%s/versions/%d".formatted(key, cited.version()))
        .toString();
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
