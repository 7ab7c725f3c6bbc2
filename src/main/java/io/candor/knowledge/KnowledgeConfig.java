package io.candor.knowledge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of documents and of the topic they arrive on. */
@ConfigMapping(prefix = "candor.knowledge")
interface KnowledgeConfig {
  /** The topic that policy events arrive on; its dead letters go to this name with ".dead". */
  @WithDefault("candor.policies")
  String topic();

  /** Partitions of that topic, where it has to be created. */
  @WithDefault("4")
  int partitions();

  /** The longest text of a document, in characters. */
  @WithDefault("5000000")
  int maxTextLength();
}
