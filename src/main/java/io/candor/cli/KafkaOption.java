package io.candor.cli;

import io.candor.audit.KafkaConnection;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Option;

/**
 * How the commands reach brokers that want TLS or a login: as the server does, and as a file says.
 */
final class KafkaOption {
  private static final String OF_THE_SERVER = "candor.kafka.client";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      defaultValue = "${env:CANDOR_KAFKA_CONFIG}",
      description = {
        "settings of Kafka's clients as key=value, as Kafka's own tools read by --command-config",
        "(default: CANDOR_KAFKA_CONFIG; they count before the server's candor.kafka.client)"
      })
  private Path file;

  /** The brokers of the settings, unless the file names others. */
  KafkaConnection connection(ClientSettings settings) throws IOException {
    return connection(settings, ConfigProvider.getConfig());
  }

  KafkaConnection connection(ClientSettings settings, Config config) throws IOException {
    var all = new HashMap<String, String>();
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafka());
    config
        .unwrap(SmallRyeConfig.class)
        .getOptionalValues(OF_THE_SERVER, String.class, String.class)
        .ifPresent(all::putAll);
    all.putAll(ofFile());
    ClientSettings.require(all.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), "CANDOR_KAFKA");
    return new KafkaConnection(all);
  }

  private Map<String, String> ofFile() throws IOException {
    var read = new Properties();
    if (file != null) {
      try (var in = Files.newBufferedReader(file)) {
        read.load(in);
      }
    }
    var result = new HashMap<String, String>();
    read.forEach((name, value) -> result.put((String) name, (String) value));
    return result;
  }
}
