package io.candor.knowledge;

import java.time.Instant;
import java.util.UUID;

/**
 * What an answer knew: made by {@link KnowledgeGate} for everything that reads documents.
 *
 * @param tenant whose documents
 * @param asOf the instant that questions are answered for
 * @param token the last event that is in force; later ones may be too
 * @param lagMs milliseconds since the consumer last knew that it had read the whole topic
 */
public record KnowledgeView(UUID tenant, Instant asOf, Token.Sequence token, long lagMs) {}
