package io.candor.knowledge;

/** A demanded token did not come into force in time: the caller may ask again. */
public class StaleKnowledgeException extends RuntimeException {
  StaleKnowledgeException(Token token) {
    super("the knowledge token %s is not in force yet; try again".formatted(token));
  }
}
