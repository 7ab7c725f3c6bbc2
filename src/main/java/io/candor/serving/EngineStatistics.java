package io.candor.serving;

/**
 * What a local model has done since it was loaded, for metrics and benchmarks.
 *
 * @param finished requests with a complete answer
 * @param cancelled requests that somebody gave up
 * @param failed requests that took too long or met an error
 * @param rejected requests that found the queue full
 * @param waiting requests in the queue now
 * @param running sequences in use now
 * @param steps computations for answers
 * @param promptTokens computed
 * @param reusedTokens of prompts that were computed before
 * @param outputTokens of answers
 * @param draftedTokens that were guessed from prompts and verified
 * @param acceptedTokens among them that the model chose too
 */
public record EngineStatistics(
    long finished,
    long cancelled,
    long failed,
    long rejected,
    int waiting,
    int running,
    long steps,
    long promptTokens,
    long reusedTokens,
    long outputTokens,
    long draftedTokens,
    long acceptedTokens) {}
