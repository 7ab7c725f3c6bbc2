package io.candor.cli;

import io.candor.knowledge.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    description = {
      "Puts documents on the policies topic.",
      "A file is text with YAML front matter (key, title, kind, url, valid_from, …), a JSON document,",
      "or anything else that ingest reads."
    },
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "documents")
  private List<Path> files;

  @Mixin private WaitOption waiting;

  @Mixin private KafkaOption kafka;

  @Override
  public Integer call() throws Exception {
    List<DocumentFile> documents = new ArrayList<>();
    for (Path file : files) {
      documents.addAll(DocumentFile.read(file, file.getFileName().toString()));
    }
    ClientSettings settings = ClientSettings.find();
    try (PolicyTopic topic = PolicyTopic.of(settings, kafka.connection(settings))) {
      Map<String, CompletableFuture<Token.Offset>> sent = new LinkedHashMap<>();
      for (DocumentFile document : documents) {
        sent.put(document.key(), topic.publish(document.key(), document.document()));
      }
      waiting.report(settings, "published", sent);
    }
    return 0;
  }
}
