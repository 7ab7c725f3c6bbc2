package io.candor.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of a document of a file, or of a file in which no document was found.
 *
 * @param status created, changed, unchanged or refused
 * @param reason why it was refused, or is stored under another key already
 * @param resembles another document that says the same, or nearly
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Imported(
    String file,
    String document,
    Integer version,
    String status,
    String reason,
    Resemblance resembles) {}
