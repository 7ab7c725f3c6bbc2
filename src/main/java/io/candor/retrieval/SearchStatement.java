package io.candor.retrieval;

import io.candor.knowledge.StoredModel;

/**
 * The hybrid search as one statement. Its parameters: the question's vector, its text twice, the
 * instant, the weight of BM25, the number of hits, and the kinds, locales and tags asked for (null
 * for any).
 *
 * <p>Three regimes. Where few passages are in force, as in a small tenant or under a long history,
 * each is compared and the word statistics are theirs alone: exact, whatever else the tables hold.
 * Where the tenant has some more, each of its vectors is compared, because an index over all
 * tenants would have to be searched far and wide for one tenant's. Where it has many, the vector
 * index proposes and the filter follows it (an iterative scan goes on until enough pass). In these
 * two, word statistics are those of all the tenant's passages, and of frequent words only the
 * heaviest postings are read; decisions/0008 has the figures. Row-level security adds the tenant to
 * every table.
 */
final class SearchStatement {
  /** The last of the passage numbers that the index of the sample holds. */
  private static final long SAMPLED = (1L << 56) - 1;

  /** What follows a passage's number in its hash, at most. */
  private static final String HASH_END = "\\x" + "ff".repeat(24);

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
        select distinct content_hash, passage_number(content_hash) as passage
        from sample where (select small from scope)),

      -- How many passages there are and how long: of the few, or by the sample of postings (one in 256).
      corpus as materialized (
        select count(*)::float8 as passages, 0.9 / greatest(avg(length)::float8, 1) as per_length,
               false as scanned, false as indexed
        from posting join few using (passage)
        where lexeme = '' and (select small from scope)
        having (select small from scope)
        union all
        select 256 * count(*), 0.9 / greatest(avg(length)::float8, 1),
               256 * count(*) <= :scanned, 256 * count(*) > :scanned
        from posting
        where lexeme = '' and passage between 0 and :sampled and not (select small from scope)
        having not (select small from scope)),

      -- Candidates by meaning. An expression keeps the index out of the scan.
      nearest as materialized (
        (select content_hash, 1 - (e.vector::vector(:dimension) <=> (select vector from question)) as cosine
         from few join embedding e using (content_hash)
         where model = ':model'
         order by cosine desc
         limit :nearest)
        union all
        (select content_hash, cosine
         from (select content_hash, 1 - (e.vector::vector(:dimension) <=> (select vector from question)) as cosine
               from embedding e
               where model = ':model' and (select scanned from corpus)
               order by cosine desc
               offset 0) ranked
         where exists (select from chunk c join in_force using (version_id)
                       where c.content_hash = ranked.content_hash offset 0)
         limit :nearest)
        union all
        (select content_hash, 1 - (e.vector::vector(:dimension) <=> (select vector from question))
         from embedding e
         where model = ':model' and (select indexed from corpus)
           and exists (select from chunk c join in_force using (version_id)
                       where c.content_hash = e.content_hash offset 0)
         order by e.vector::halfvec(:dimension) <=> (select vector::halfvec(:dimension) from question)
         limit :nearest)),

      -- How far to read the postings of a lexeme that the sample shows to be frequent: until what it still adds to a
      -- passage's BM25 is less than the :postings heaviest postings of the question add. A rare lexeme is read whole.
      sampled as materialized (
        select lexeme, impact
        from posting
        where lexeme = any (array(select lexeme from asked))
          and passage between 0 and :sampled and not (select small from scope)),
      frequent as materialized (
        select lexeme, guess, ln(1 + (greatest(passages - guess, 0) + 0.5) / (guess + 0.5)) as idf
        from (select lexeme, 256.0::float8 * count(*) as guess
              from sampled group by lexeme having count(*) > 16) counted
        cross join corpus),
      least as materialized (
        select (select idf * impact from sampled join frequent using (lexeme)
                order by 1 desc offset :postings / 256 limit 1) as added),
      terms as materialized (
        select lexeme, is_own, coalesce(added / frequent.idf, 0)::real as down_to,
               ln(1 + (greatest(passages - n, 0) + 0.5) / (n + 0.5)) as idf
        from asked
        left join frequent using (lexeme)
        cross join least
        cross join corpus
        cross join lateral (
          select case when guess is not null and added is not null then guess
                   else (select count(*) from posting p
                         where p.lexeme = asked.lexeme
                           and (not (select small from scope)
                             or passage in (select passage from few))) end as n) counted),

      -- Candidates by words: by the postings that are read, at the weight they have at a usual length.
      worded as materialized (
        select passage, sum(idf * impact) as weight
        from terms
        cross join lateral (
          select passage, impact from posting p
          where p.lexeme = terms.lexeme and p.impact >= terms.down_to) heaviest
        where not (select small from scope) or passage in (select passage from few)
        group by passage),
      matched as materialized (
        select place.content_hash
        from (select passage from worded order by weight desc offset 0) ranked
        cross join lateral (
          select c.content_hash from chunk c join in_force using (version_id)
          where c.content_hash between ranked.passage::bytea and ranked.passage::bytea || ':hash_end'
          limit 1) place
        limit :matched),
      candidate as materialized (
        select content_hash, cosine from nearest
        union all
        select content_hash, 1 - (e.vector::vector(:dimension) <=> (select vector from question))
        from matched join embedding e using (content_hash)
        where model = ':model' and content_hash not in (select content_hash from nearest)),

      -- BM25 of every candidate, whichever half proposed it, with k1 = 1.2, b = 0.75: so 0.3 is k1 (1 - b), and 0.9
      -- above k1 b. Of the few by their postings, else by all the lexemes that a candidate has.
      lexical as (
        select content_hash, sum(idf) as covered,
               sum(idf * 2.2 * frequency / (frequency + 0.3 + per_length * length)) as bm25
        from terms
        cross join corpus
        join posting using (lexeme)
        join candidate on passage = passage_number(content_hash)
        where (select small from scope)
        group by content_hash
        union all
        select content_hash, shared.*
        from candidate
        cross join corpus
        cross join lateral (
          select sum(cardinality(positions)) as length,
                 array_agg(idf) filter (where idf is not null) as idfs,
                 array_agg(cardinality(positions)) filter (where idf is not null) as frequencies
          from unnest((select lexemes from passage p where p.content_hash = candidate.content_hash))
          left join terms using (lexeme)) own
        cross join lateral (
          select sum(idf),
                 sum(idf * 2.2 * frequency / (frequency + 0.3 + per_length * length))
          from unnest(idfs, frequencies) t (idf, frequency)) shared
        where not (select small from scope)),
      scored as (
        select content_hash, cosine, coalesce(bm25, 0) as bm25,
               coalesce(least(covered / (select sum(idf) from terms where is_own), 1), 0) as coverage
        from candidate left join lexical using (content_hash)),

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
  static String sql(StoredModel model, Effort effort) {
    return TEMPLATE
        .replace(":dimension", Integer.toString(model.dimension()))
        .replace(":model", model.name())
        .replace(":few", Integer.toString(effort.few()))
        .replace(":scanned", Integer.toString(effort.scanned()))
        .replace(":nearest", Integer.toString(effort.nearest()))
        .replace(":matched", Integer.toString(effort.matched()))
        .replace(":postings", Integer.toString(effort.postings()))
        .replace(":sampled", Long.toString(SAMPLED))
        .replace(":hash_end", HASH_END)
        .replace(":long_question", Double.toString(Fusion.LONG_QUESTION));
  }
}
