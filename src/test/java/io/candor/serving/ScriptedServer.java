package io.candor.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that answers each request by the next script, the last one again and again. */
final class ScriptedServer implements AutoCloseable {
  /** What is written on the connection for one request, byte by byte; then it is closed. */
  interface Script {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  /** A request as it came in. */
  record Request(String head, String body) {}

  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket socket;
  private final List<Script> scripts;
  private final AtomicInteger next = new AtomicInteger();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  ScriptedServer(Script... scripts) {
    this.scripts = List.of(scripts);
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A whole stream of these words, which ends as it should. */
  static Script says(String... words) {
    return out -> {
      events(out);
      for (var word : words) {
        event(out, chunk(word));
      }
      event(out, "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
      event(
          out,
          "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}");
      event(out, "[DONE]");
    };
  }

  /** A status with a body, and headers like "Retry-After: 1". */
  static Script refuses(int status, String body, String... headers) {
    return out -> {
      var head = new StringBuilder("HTTP/1.1 %d Whatever\r\n".formatted(status));
      for (var header : headers) {
        head.append(header).append("\r\n");
      }
      head.append("Content-Length: %d\r\n\r\n".formatted(body.getBytes(UTF_8).length)).append(body);
      write(out, head.toString());
    };
  }

  static void events(OutputStream out) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  static void event(OutputStream out, String data) throws IOException {
    var event = "data: " + data + "\n\n";
    write(out, "%x\r\n%s\r\n".formatted(event.getBytes(UTF_8).length, event));
    if (data.equals("[DONE]")) {
      write(out, "0\r\n\r\n");
    }
  }

  static String chunk(String words) {
    return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}"
        .formatted(words);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  String url() {
    return "http://127.0.0.1:%d/v1".formatted(socket.getLocalPort());
  }

  /** Requests for completions so far; those for the list of models are not told. */
  List<Request> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var request = read(connection.getInputStream());
      if (request.head().startsWith("GET")) {
        refuses(200, "{\"data\":[{\"id\":\"brand-7b\"},{\"id\":\"warm-voice\"}]}")
            .answer(connection.getOutputStream());
        return;
      }
      requests.add(request);
      int turn = Math.min(next.getAndIncrement(), scripts.size() - 1);
      scripts.get(turn).answer(connection.getOutputStream());
    } catch (IOException e) {
      // the client has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      if (head.isEmpty() && next == TLS_HANDSHAKE) {
        throw new IOException("this server speaks no TLS");
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return new Request(head.toString(), new String(in.readNBytes(length), UTF_8));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
