package io.candor.cli;

import io.candor.embedded.CandorHome;
import io.candor.embedded.PrivateFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Which server the client commands talk to, and as whom. An empty text is a setting nobody made.
 *
 * @param url the server's address
 * @param key an API key of the tenant
 * @param tenant the tenant's name, the first half of a policy event's key
 * @param kafka the brokers to bootstrap from
 * @param database how the administration commands connect
 */
record ClientSettings(String url, String key, String tenant, String kafka, Database database) {
  /** The database, as the role that owns it. */
  record Database(String url, String owner, String password) {}

  /** From the environment, else from the demo that runs on this machine. */
  static ClientSettings find() {
    ClientSettings demo = saved(CandorHome.locate());
    return new ClientSettings(
        environment("CANDOR_URL", demo.url),
        environment("CANDOR_API_KEY", demo.key),
        environment("CANDOR_TENANT", demo.tenant),
        environment("CANDOR_KAFKA", demo.kafka),
        new Database(
            environment("CANDOR_DB_URL", demo.database.url),
            environment("CANDOR_DB_OWNER", demo.database.owner),
            environment("CANDOR_DB_OWNER_PASSWORD", demo.database.password)));
  }

  private static String environment(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise);
  }

  static Path file(CandorHome home) {
    return home.run().resolve("demo.properties");
  }

  /** What the last demo of that home left; empty texts when there was none. */
  static ClientSettings saved(CandorHome home) {
    Properties stored = new Properties();
    if (Files.isReadable(file(home))) {
      try (var in = Files.newBufferedReader(file(home))) {
        stored.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new ClientSettings(
        stored.getProperty("url", ""),
        stored.getProperty("key", ""),
        stored.getProperty("tenant", ""),
        stored.getProperty("kafka", ""),
        new Database(
            stored.getProperty("database.url", ""),
            stored.getProperty("database.owner", ""),
            stored.getProperty("database.password", "")));
  }

  void save(CandorHome home) throws IOException {
    Properties stored = new Properties();
    stored.setProperty("url", url);
    stored.setProperty("key", key);
    stored.setProperty("tenant", tenant);
    stored.setProperty("kafka", kafka);
    stored.setProperty("database.url", database.url);
    stored.setProperty("database.owner", database.owner);
    stored.setProperty("database.password", database.password);
    StringWriter text = new StringWriter();
    stored.store(text, "the running demo; holds secrets");
    PrivateFile.write(file(home), text.toString());
  }

  /** The setting, or a failure that names the variable to set. */
  static String require(String value, String variable) {
    if (value.isEmpty()) {
      throw new CommandFailure(
          "No demo runs on this machine: start ./candor demo, or set %s.".formatted(variable));
    }
    return value;
  }
}
