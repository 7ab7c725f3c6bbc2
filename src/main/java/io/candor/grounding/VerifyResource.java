package io.candor.grounding;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Verification for callers who bring their own sentences and passages. */
@Path("/api/v1/verify")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class VerifyResource {
  private static final int MOST_SENTENCES = 100;
  private static final int MOST_PASSAGES = 100;
  private static final int SENTENCE_CHARACTERS = 2_000;
  private static final int PASSAGE_CHARACTERS = 20_000;
  private static final int ALL_PASSAGES_CHARACTERS = 200_000;

  /** The request's body. */
  public record Request(List<Sentence> sentences, List<Source> passages) {}

  /** A sentence to check; without citations it is checked against every passage. */
  public record Sentence(String text, List<Integer> citations) {}

  /** A numbered passage. */
  public record Source(Integer n, String text) {}

  /** One verdict for each sentence, in the request's order. */
  public record Answer(List<Judged> sentences) {}

  /** The verdict on one sentence. */
  public record Judged(String verdict, double score, List<Found> findings) {}

  /** A difference between a sentence and its evidence. */
  public record Found(String kind, String said, String found) {}

  private final Verifier verifier;

  public VerifyResource(Verifier verifier) {
    this.verifier = verifier;
  }

  @POST
  @RunOnVirtualThread
  public Answer verify(Request request) {
    if (request == null) {
      throw new BadRequestException("a body with sentences and passages is required");
    }
    List<Passage> passages = passages(request.passages());
    Set<Integer> numbers = new HashSet<>();
    passages.forEach(passage -> numbers.add(passage.n()));
    List<Claim> claims =
        each("sentences", request.sentences(), MOST_SENTENCES, s -> claim(s, numbers));
    return new Answer(
        verifier.verify(claims, passages).stream().map(VerifyResource::judged).toList());
  }

  private static List<Passage> passages(List<Source> sources) {
    List<Passage> passages = each("passages", sources, MOST_PASSAGES, VerifyResource::passage);
    Set<Integer> numbers = new HashSet<>();
    long characters = 0;
    for (Passage passage : passages) {
      require(numbers.add(passage.n()), "passage number " + passage.n() + " is used twice");
      characters += passage.text().length();
    }
    require(
        characters <= ALL_PASSAGES_CHARACTERS,
        "the passages together are longer than " + ALL_PASSAGES_CHARACTERS + " characters");
    return passages;
  }

  private static Passage passage(Source source) {
    require(source.n() != null, "every passage needs a number n");
    String name = "passage " + source.n();
    return new Passage(source.n(), text(name, source.text(), PASSAGE_CHARACTERS));
  }

  private static Claim claim(Sentence sentence, Set<Integer> numbers) {
    String text = text("a sentence", sentence.text(), SENTENCE_CHARACTERS);
    List<Integer> citations = sentence.citations() == null ? List.of() : sentence.citations();
    Set<Integer> seen = new HashSet<>();
    for (Integer n : citations) {
      require(n != null, "a citation is null");
      require(numbers.contains(n), "citation " + n + " names no passage");
      require(seen.add(n), "citation " + n + " is given twice for one sentence");
    }
    return new Claim(text, citations);
  }

  private static <A, B> List<B> each(String name, List<A> items, int most, Function<A, B> check) {
    require(items != null && !items.isEmpty(), name + " must be a list with at least one entry");
    require(
        items.size() <= most,
        name + " has " + items.size() + " entries; at most " + most + " are allowed");
    require(items.stream().allMatch(item -> item != null), name + " has an entry that is null");
    return items.stream().map(check).toList();
  }

  private static String text(String name, String text, int most) {
    require(text != null && !text.isBlank(), name + " has no text");
    require(text.length() <= most, name + " is longer than " + most + " characters");
    return text;
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new BadRequestException(message);
    }
  }

  private static Judged judged(Judgement judgement) {
    List<Found> findings =
        judgement.findings().stream()
            .map(f -> new Found(lower(f.kind()), f.said(), f.found()))
            .toList();
    return new Judged(lower(judgement.verdict()), judgement.score(), findings);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
