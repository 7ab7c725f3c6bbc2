package io.candor.retrieval;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The words of the tenant's documents, whatever their validity, as {@link Spelling} asks. */
record DocumentWords(DataSource database) {
  private static final String NEAR =
      """
      with asked as materialized (
        select word,
               exists (select from posting
                       where lexeme = any (tsvector_to_array(to_tsvector('english', word)))) as is_known
        from unnest(?::text[]) word),
      near as materialized (
        select asked.word as written, s.word as meant,
               tsvector_to_array(to_tsvector('english', s.word)) as lexemes
        from asked
        cross join lateral (
          select distinct word
          from spelling
          where key = any (array(select spelling_keys(asked.word)))) s
        where not is_known)
      select word as written, word as meant, 0 as passages
      from asked
      where is_known
      union all
      -- A stop word has no postings: it is everywhere.
      select written, meant,
             case lexemes when '{}' then 100
               else (select count(*) from (select from posting where lexeme = any (near.lexemes) limit 100) counted) end
      from near
      """;

  /**
   * For each of these words those of the documents that may be one edit away, with how many
   * passages have them, 100 at most; the word itself where the documents have it in any form.
   */
  Map<String, Map<String, Integer>> near(Set<String> words) {
    var near = new HashMap<String, Map<String, Integer>>();
    try (var connection = database.getConnection();
        var statement = connection.prepareStatement(NEAR)) {
      statement.setArray(1, connection.createArrayOf("text", words.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          near.computeIfAbsent(rows.getString("written"), _ -> new HashMap<>())
              .put(rows.getString("meant"), rows.getInt("passages"));
        }
      }
      return near;
    } catch (SQLException e) {
      throw new IllegalStateException("the words of the documents cannot be read", e);
    }
  }
}
