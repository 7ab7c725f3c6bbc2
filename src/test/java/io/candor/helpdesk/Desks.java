package io.candor.helpdesk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The simulator's conversations, as its agents would see them. */
final class Desks {
  private final Map<String, List<Entry>> conversations = new ConcurrentHashMap<>();
  private final Map<String, String> status = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong(9_007_199_254_740_993L); // beyond what doubles hold

  record Entry(String id, boolean note, String text, String key, Instant at) {}

  void open(String conversation) {
    conversations.putIfAbsent(conversation, new ArrayList<>());
  }

  boolean has(String conversation) {
    return conversations.containsKey(conversation);
  }

  String nextId() {
    return String.valueOf(ids.incrementAndGet());
  }

  Entry add(String conversation, boolean note, String text, String key) {
    var entry = new Entry(nextId(), note, text, key, Instant.now());
    var entries = conversations.get(conversation);
    synchronized (entries) {
      entries.add(entry);
    }
    return entry;
  }

  List<Entry> entries(String conversation) {
    var entries = conversations.getOrDefault(conversation, List.of());
    synchronized (entries) {
      return List.copyOf(entries);
    }
  }

  List<String> replies(String conversation) {
    return entries(conversation).stream().filter(e -> !e.note()).map(Entry::text).toList();
  }

  List<String> notes(String conversation) {
    return entries(conversation).stream().filter(Entry::note).map(Entry::text).toList();
  }

  void setStatus(String conversation, String value) {
    status.put(conversation, value);
  }

  String status(String conversation) {
    return status.getOrDefault(conversation, "");
  }
}
