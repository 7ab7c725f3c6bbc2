package io.candor.cli;

/** What became of a document, or of a file in which none was found. */
enum IngestOutcome {
  CREATED,
  CHANGED,
  UNCHANGED,
  DUPLICATE,
  REFUSED
}
