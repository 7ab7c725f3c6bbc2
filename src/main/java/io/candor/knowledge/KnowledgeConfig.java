package io.candor.knowledge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of documents and of the topic they arrive on. */
@ConfigMapping(prefix = "candor.knowledge")
interface KnowledgeConfig {
  /** The topic that policy events arrive on; its dead letters go to this name with ".dead". */
  @WithDefault("candor.policies")
  String topic();

  /** Partitions of that topic, where it has to be created. */
  @WithDefault("4")
  int partitions();

  /** Whether this process reads the topic. */
  @WithDefault("true")
  boolean consume();

  /** The name of this process among those that share the topic; by default host and port. */
  Optional<String> instance();

  /** The longest text of a document, in characters. */
  @WithDefault("5000000")
  int maxTextLength();

  /**
   * The largest file that is imported, in bytes; a whole request is bounded by its body's limit.
   */
  @WithDefault("10000000")
  long importMaxBytes();

  /** How long reading one imported file may take. */
  @WithDefault("60s")
  Duration importTimeLimit();

  /** The heap of the process that reads imported files, in MB. */
  @WithDefault("512")
  int importMemory();

  /** How many imports are read at once, each in a process of its own; more wait. */
  @WithDefault("2")
  int importProcesses();
}
