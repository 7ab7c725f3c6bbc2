package io.candor.knowledge;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Tells what of a web page is the site's and not the page's: menus, heads and feet, cookie banners.
 * What holds most of a page's words is never boilerplate, whatever it is called.
 */
final class Boilerplate {
  private static final Set<String> NAMES = Set.of("nav", "footer", "dialog");
  private static final Set<String> OUTSIDE_CONTENT = Set.of("aside", "header");
  private static final Set<String> ROLES =
      Set.of(
          "navigation",
          "banner",
          "contentinfo",
          "search",
          "dialog",
          "alertdialog",
          "menu",
          "menubar");
  private static final Set<String> CONTAINERS =
      Set.of("div", "section", "ul", "ol", "aside", "form", "p");
  private static final Pattern LABEL =
      Pattern.compile(
          "(?:^|[\\s_-])(?:cookies?[_-]?(?:banner|bar|consent|notice|popup|modal|overlay)|(?:cookie|gdpr)[_-]?consent"
              + "|consent[_-]?(?:banner|bar|modal)|gdpr|onetrust\\S*|nav|navbar|navigation|menu|main-?menu|breadcrumbs?"
              + "|site-?(?:header|footer|nav)|footer|sidebar|skip-?(?:link|nav|to-content)|social|share(?:-\\w+)?"
              + "|newsletter(?:-\\w+)?|pagination|advert(?:isement)?s?)(?=$|[\\s_-])");
  private static final Pattern CAMEL_HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
  private static final double MOST = 0.5;
  private static final int FEWEST_LINKS = 3;
  private static final double MOSTLY_LINKS = 0.8;
  private static final int ENOUGH = 200;

  private final Set<Element> found = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Element, Integer> lengths = new IdentityHashMap<>();
  private final Element content;
  private final int titles;

  Boilerplate(Document page) {
    page.body().traverse(this::measure);
    titles = page.select("h1").size();
    content = content(page);
    for (var element : page.body().getAllElements()) {
      if (isBoilerplate(element)) {
        found.add(element);
      }
    }
    // A page of nothing else is read all the same.
    if (page.body().getAllElements().stream().noneMatch(this::hasOwnWords)) {
      found.clear();
    }
  }

  /** How long an element's words are, those of all in it included. */
  private void measure(Node node, int depth) {
    int length = node instanceof TextNode text && !text.isBlank() ? text.text().length() : 0;
    if (length > 0) {
      for (var at = node.parent(); at instanceof Element element; at = at.parent()) {
        lengths.merge(element, length, Integer::sum);
      }
    }
  }

  private int length(Element element) {
    return lengths.getOrDefault(element, 0);
  }

  boolean contains(Element element) {
    return found.contains(element);
  }

  private boolean hasOwnWords(Element element) {
    return !element.ownText().isBlank()
        && !found.contains(element)
        && element.parents().stream().noneMatch(found::contains);
  }

  /** The element that the page's author marked as its content, if that is not an empty shell. */
  private Element content(Document page) {
    var main = page.select("main, [role=main]");
    var marked = main.isEmpty() ? page.select("article") : main;
    var isContent = marked.size() == 1 && isLarge(marked.first());
    return isContent ? marked.first() : page.body();
  }

  private boolean isLarge(Element element) {
    return length(element) >= ENOUGH || isMost(element);
  }

  private boolean isBoilerplate(Element element) {
    if (element == content || isWithin(content, element)) {
      return false;
    }
    var isMarked = !content.nameIs("body");
    return isWithin(element, content) ? looksLikeIt(element, isMarked) : isMarked;
  }

  private boolean looksLikeIt(Element element, boolean inMarkedContent) {
    if (element.hasAttr("hidden") || element.attr("aria-hidden").equals("true")) {
      return true;
    }
    if (isMost(element)) {
      return false;
    }
    var name = element.normalName();
    return NAMES.contains(name)
        || (OUTSIDE_CONTENT.contains(name) && !inMarkedContent && isOutside(element))
        || ROLES.contains(element.attr("role"))
        || (CONTAINERS.contains(name) && (isLabelled(element) || isMenu(element)));
  }

  /** The head of an article has its title; the page's only title is not to be lost either. */
  private boolean isOutside(Element element) {
    return element.closest("article, section") == null
        && (element.selectFirst("h1") == null || titles > element.select("h1").size());
  }

  private static boolean isLabelled(Element element) {
    var label = CAMEL_HUMP.matcher(element.id() + " " + element.className()).replaceAll("-");
    return LABEL.matcher(label.toLowerCase(Locale.ROOT)).find();
  }

  private boolean isMenu(Element element) {
    var links = element.select("a");
    return (element.nameIs("ul") || element.nameIs("ol"))
        && links.size() >= FEWEST_LINKS
        && links.stream().mapToInt(this::length).sum() >= length(element) * MOSTLY_LINKS;
  }

  private boolean isMost(Element element) {
    return length(element) > length(element.ownerDocument().body()) * MOST;
  }

  private static boolean isWithin(Element element, Element ancestor) {
    for (var at = element.parent(); at != null; at = at.parent()) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }
}
