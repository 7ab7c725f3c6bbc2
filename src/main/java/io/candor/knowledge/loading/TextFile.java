package io.candor.knowledge.loading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.candor.knowledge.loading.LoadedFile.Entry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Markdown, HTML and plain text: stored as they are, without their YAML front matter. */
final class TextFile {
  private static final Pattern MARKDOWN_TITLE =
      Pattern.compile("^#\\s+(.+?)\\s*#*$", Pattern.MULTILINE);
  private static final Pattern DECLARED_CHARSET =
      Pattern.compile("<(?:meta|\\?xml)[^>]*?(?:charset|encoding)\\s*=\\s*[\"']?([\\w-]{2,40})");
  private static final String SITE_NAME = "\\s+[|–—·-]\\s+";
  private static final int HEAD = 1024;
  private static final int DEEPEST = 500;

  private TextFile() {}

  static Entry read(FileType type, byte[] bytes, String name, String key) {
    var declared = type == FileType.HTML ? declaredCharset(bytes) : Optional.<Charset>empty();
    return parse(type, TextDecoder.decode(bytes, declared), name, key);
  }

  private static Entry parse(FileType type, String content, String name, String key) {
    var matter = FrontMatter.split(content);
    var fields = matter.fields();
    var text = matter.text();
    if (type == FileType.HTML) {
      describe(fields, Jsoup.parse(text, "", Parser.htmlParser().setMaxDepth(DEEPEST)));
    } else if (type == FileType.MARKDOWN) {
      var title = MARKDOWN_TITLE.matcher(text);
      putIfAbsent(fields, "title", title.find() ? title.group(1) : "");
    }
    putIfAbsent(fields, "title", Loader.titleFrom(name));
    putIfAbsent(fields, "kind", "policy");
    putIfAbsent(fields, "format", type.name().toLowerCase(java.util.Locale.ROOT));
    fields.put("text", text);
    return Loader.entry(key, fields);
  }

  private static void describe(ObjectNode fields, Document page) {
    putIfAbsent(fields, "title", title(page));
    var url = page.select("link[rel=canonical]").attr("href");
    if (url.matches("https?://[^\\s<>\"]{1,2000}")) {
      putIfAbsent(fields, "url", url);
    }
    var language = Optional.ofNullable(page.selectFirst("html")).map(e -> e.attr("lang"));
    language
        .filter(tag -> tag.matches(Language.TAG))
        .ifPresent(tag -> putIfAbsent(fields, "locale", tag));
  }

  /** The page's title; of one that ends in the site's name too, the part that is the heading. */
  private static String title(Document page) {
    var title = page.title().strip();
    var heading = Optional.ofNullable(page.selectFirst("h1")).map(Element::text).orElse("").strip();
    for (var part : title.split(SITE_NAME)) {
      if (part.equals(heading)) {
        return heading;
      }
    }
    return title.isEmpty() ? heading : title;
  }

  private static void putIfAbsent(ObjectNode fields, String name, String value) {
    if (!fields.hasNonNull(name) && !value.isBlank()) {
      fields.put(name, value);
    }
  }

  private static Optional<Charset> declaredCharset(byte[] bytes) {
    var head =
        new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1)
            .toLowerCase(java.util.Locale.ROOT);
    var declared = DECLARED_CHARSET.matcher(head);
    return declared.find() && Charset.isSupported(declared.group(1))
        ? Optional.of(Charset.forName(declared.group(1)))
        : Optional.empty();
  }
}
