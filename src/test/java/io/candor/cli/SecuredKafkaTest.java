package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.candor.audit.KafkaConnection;
import io.candor.embedded.CandorHome;
import io.candor.embedded.EmbeddedParts;
import io.candor.embedded.SecuredBroker;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands, and a real broker that wants TLS and a login. */
class SecuredKafkaTest {
  private static final Config NOTHING = new SmallRyeConfigBuilder().build();

  @TempDir private static Path folder;
  private static SecuredBroker broker;
  private static ClientSettings settings;

  @BeforeAll
  static void start() throws Exception {
    EmbeddedParts.setUp(CandorHome.locate(), System.out);
    broker = SecuredBroker.start(folder);
    broker.awaitPort();
    var none = new ClientSettings.Database("", "", "");
    settings = new ClientSettings("", "", "acme", broker.bootstrapServers(), none);
    try (var admin = Admin.create(fromFile(SecuredBroker.PASSWORD).with(Map.of()))) {
      var topic = new NewTopic(PolicyTopic.NAME, Optional.of(1), Optional.empty());
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void whatAFileSaysReachesTheBroker() throws Exception {
    var kafka = fromFile(SecuredBroker.PASSWORD);
    assertEquals("reachable at " + broker.bootstrapServers(), KafkaCheck.run(kafka));
    try (var topic = PolicyTopic.of(settings, kafka)) {
      var document = new ObjectMapper().createObjectNode().put("title", "Returns");
      assertEquals("p0-0", PolicyTopic.token(topic.publish("returns", document)));
      assertEquals("p0-1", PolicyTopic.token(topic.retire("returns", null)));
    }
  }

  @Test
  void whatTheServerIsConfiguredWithDoesToo() throws Exception {
    var configured = new HashMap<String, String>();
    broker
        .client(SecuredBroker.PASSWORD)
        .forEach((name, value) -> configured.put("candor.kafka.client.\"" + name + "\"", value));
    var config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(configured, "server", 100))
            .build();
    var kafka = new KafkaOption().connection(settings, config);
    assertEquals("reachable at " + broker.bootstrapServers(), KafkaCheck.run(kafka));
  }

  @Test
  void aWrongPasswordIsToldAsSuch() throws Exception {
    var kafka = fromFile("wrong");
    var failure = assertThrows(CommandFailure.class, () -> KafkaCheck.run(kafka));
    assertTrue(failure.getMessage().contains("refuses us"), failure::getMessage);
    try (var topic = PolicyTopic.of(settings, kafka)) {
      var sent = topic.retire("returns", null);
      var refused = assertThrows(CommandFailure.class, () -> PolicyTopic.token(sent));
      assertTrue(refused.getMessage().contains("--kafka-config"), refused::getMessage);
    }
  }

  @Test
  void withoutALoginTheDoctorSaysWhereOneGoes() throws Exception {
    var kafka = new KafkaOption().connection(settings, NOTHING);
    var failure = assertThrows(CommandFailure.class, () -> KafkaCheck.run(kafka));
    assertTrue(failure.getMessage().contains("--kafka-config"), failure::getMessage);
  }

  private static KafkaConnection fromFile(String password) throws IOException {
    var client = new Properties();
    client.putAll(broker.client(password));
    var file = folder.resolve(password + ".properties");
    try (var out = Files.newBufferedWriter(file)) {
      client.store(out, null);
    }
    var option = new KafkaOption();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("kafka", mixin(option)))
        .parseArgs("--kafka-config", file.toString());
    return option.connection(settings, NOTHING);
  }

  private static CommandLine.Model.CommandSpec mixin(KafkaOption option) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(option);
  }
}
