package io.candor.retrieval;

import io.candor.knowledge.StoredModel;

/**
 * The hybrid search as one statement. Its parameters: the question's vector, its text twice, the
 * instant, the weight of BM25, the number of hits, and the kinds, locales and tags asked for (null
 * for any).
 *
 * <p>Two regimes. Where few passages are in force, as in a small tenant or under a long history,
 * each is compared and the word statistics are theirs alone: exact, whatever else the tables hold.
 * Where many are, the vector index proposes and the filter follows it (an iterative scan goes on
 * until enough pass), and word statistics are those of all the tenant's passages. Row-level
 * security adds the tenant to every table.
 */
final class SearchStatement {
  /** Up to this many passages in force, each is compared. */
  static final int FEW = 2000;

  private static final String TEMPLATE =
      """
      with question as materialized (
        select ?::vector(:dimension) as vector,
               array(select lexeme from unnest(to_tsvector('english', ?))
                     order by positions[1] limit 64) as own_lexemes,
               array(select distinct lexeme
                     from glossary cross join lateral unnest(to_tsvector('english',
                       term || ' ' || array_to_string(synonyms, ' ')))
                     where phrases @@ to_tsvector('english', ?) limit 64) as synonyms,
               ?::timestamptz as instant,
               ?::float8 as text_weight,
               ?::int as k,
               ?::text[] as kinds, ?::text[] as locales, ?::text[] as tags),
      -- Synonyms score as the words do that they stand for, but no passage needs them to cover the question.
      asked as materialized (
        select lexeme, lexeme = any ((select own_lexemes from question)::text[]) as is_own
        from (select unnest(own_lexemes) as lexeme from question
              union
              select unnest(synonyms) from question) words),

      -- What is in force at the instant, by what is known now.
      in_force as not materialized (
        select version_id, document_id, valid_from, valid_until
        from validity
        where recorded_until = 'infinity'
          and valid_from <= (select instant from question)
          and valid_until > (select instant from question)
          and ((select num_nulls(kinds, locales, tags) = 3 from question)
            or exists (select from version v, question q
                       where v.id = version_id
                         and (q.kinds is null or v.kind = any (q.kinds))
                         and (q.tags is null or v.tags && q.tags)
                         and (q.locales is null
                           or exists (select from unnest(q.locales) range
                                      where lower(v.locale) = range or lower(v.locale) like range || '-%'))))),
      sample as materialized (
        select content_hash from in_force join chunk using (version_id) limit :few + 1),
      scope as materialized (select count(*) <= :few as small from sample),
      few as materialized (
        select distinct content_hash from sample where (select small from scope)),

      -- Candidates by meaning.
      nearest as (
        (select content_hash
         from few join embedding e using (content_hash)
         where model = ':model'
         order by e.vector::vector(:dimension) <=> (select vector from question)
         limit 100)
        union all
        (select content_hash
         from embedding e
         where model = ':model'
           and not (select small from scope)
           and exists (select from chunk c join in_force using (version_id)
                       where c.content_hash = e.content_hash offset 0)
         order by e.vector::vector(:dimension) <=> (select vector from question)
         limit 100)),

      -- Candidates by words: BM25 with k1 = 1.2, b = 0.75. Hashes are uniform, so that those which start with the
      -- digit 0 are a sample of one in 16.
      postings as materialized (
        select lexeme, content_hash, frequency, length
        from posting
        where lexeme = any (array(select lexeme from asked))
          and (not (select small from scope) or content_hash in (select content_hash from few))),
      corpus as materialized (
        select count(*) as passages, avg(length)::float8 as mean_length
        from posting join few using (content_hash)
        where lexeme = '' and (select small from scope)
        union all
        select 16 * count(*), avg(length)
        from posting
        where lexeme = '' and content_hash < '\\x10' and not (select small from scope)),
      found as materialized (
        select lexeme, count(*) as passages from postings group by lexeme),
      terms as materialized (
        select lexeme, is_own,
               ln(1 + (greatest(all_passages - n, 0) + 0.5) / (n + 0.5)) as idf
        from asked
        left join found using (lexeme)
        cross join (select max(passages) as all_passages from corpus) total
        cross join lateral (select coalesce(found.passages, 0)::float8 as n) counted),
      worded as materialized (
        select content_hash, sum(idf) as covered,
               sum(idf * 2.2 * frequency
                   / (frequency + 1.2 * (0.25 + length / mean_length * 0.75))) as bm25
        from postings
        join terms using (lexeme)
        cross join (select max(mean_length) as mean_length from corpus) average
        group by content_hash),
      matched as (
        select content_hash
        from (select content_hash from worded order by bm25 desc offset 0) ranked
        where exists (select from chunk c join in_force using (version_id)
                      where c.content_hash = ranked.content_hash offset 0)
        limit 100),

      -- Both scores for every candidate, whichever half proposed it.
      scored as (
        select content_hash,
               1 - (e.vector::vector(:dimension) <=> (select vector from question)) as cosine,
               coalesce(w.bm25, 0) as bm25,
               coalesce(least(w.covered / (select sum(idf) from terms where is_own), 1), 0) as coverage
        from (select content_hash from nearest union select content_hash from matched) candidate
        join embedding e using (content_hash)
        left join worded w using (content_hash)
        where model = ':model'),

      -- What a unit of BM25 is worth for this question: see Fusion.
      lead as (
        select coalesce(1 - (array_agg(bm25 order by bm25 desc))[least(5, count(*))] / nullif(max(bm25), 0), 0) as lead
        from scored),
      fusion as materialized (
        select text_weight * least(1, :long_question / greatest(cardinality(own_lexemes), 1)) * exp(lead) as unit
        from question cross join lead),
      best as (
        select *, cosine + (select unit from fusion) * bm25 as score
        from scored
        order by score desc, content_hash
        limit (select k from question))

      -- A passage is the text of many chunks: of each document in force, its first.
      select d.key, v.title, v.number, place.version_id, place.ordinal, p.heading, p.text,
             case v.format when 'html' then v.text end as page, place.start_at, place.end_at,
             v.kind, v.url, place.valid_from,
             nullif(place.valid_until, 'infinity') as valid_until,
             best.score, best.cosine, best.bm25, best.coverage
      from best
      join passage p using (content_hash)
      cross join lateral (
        select distinct on (document_id) *
        from chunk c join in_force using (version_id)
        where c.content_hash = best.content_hash
        order by document_id, ordinal) place
      join version v on v.id = place.version_id
      join document d on d.id = v.document_id
      order by best.score desc, best.content_hash, d.key
      limit (select k from question)
      """;

  private SearchStatement() {}

  /** The statement for the vectors of a model. */
  static String sql(StoredModel model) {
    return TEMPLATE
        .replace(":dimension", Integer.toString(model.dimension()))
        .replace(":model", model.name())
        .replace(":few", Integer.toString(FEW))
        .replace(":long_question", Double.toString(Fusion.LONG_QUESTION));
  }
}
