package io.candor.retrieval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which documents the best hits refer to by a link: a page that says "see repairs" was found for a
 * question that the page on repairs answers.
 */
final class References {
  /** The hits whose links are followed. */
  private static final int REFERRING = 3;

  static final Pattern LINK =
      Pattern.compile("]\\(([^()\\s]+)|href=[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);

  /** By the last part of a document's key: how high the best hit stands that refers to it, to 1. */
  private final Map<String, Double> referred = new HashMap<>();

  private final String first;

  References(List<Hit> hits) {
    first = hits.isEmpty() ? "" : hits.getFirst().document();
    for (int i = 0; i < Math.min(REFERRING, hits.size()); i++) {
      var links = LINK.matcher(hits.get(i).source());
      while (links.find()) {
        var target = links.group(1) == null ? links.group(2) : links.group(1);
        referred.merge(name(target), (REFERRING - i) / (double) REFERRING, Math::max);
      }
    }
  }

  /** 0 where nothing refers to the hit's document, to 1 where the first hit does. */
  double to(Hit hit) {
    return hit.document().equals(first) ? 0 : referred.getOrDefault(name(hit.document()), 0.0);
  }

  /** The last segment of a link or key, without what follows the path and without extension. */
  private static String name(String path) {
    var plain = path.replaceFirst("[#?].*", "").replaceFirst("/+$", "");
    return plain.substring(plain.lastIndexOf('/') + 1).replaceFirst("\\.[a-z]+$", "");
  }
}
