package io.candor.chat;

import io.candor.knowledge.KnowledgeView;
import io.candor.retrieval.Evidence;
import java.util.List;

/** What was found for a question, and how probable it is that it answers it. */
record Findings(KnowledgeView knowledge, List<Evidence> evidence, double probability) {}
