package io.candor.helpdesk.vendor;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a helpdesk sent to a channel's address, as it came in.
 *
 * @param headers by name, in any case; of several of one name the first
 * @param token the address's own secret, empty where there is none
 */
public record Delivery(Map<String, String> headers, String token, byte[] body) {
  public Delivery {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    headers = all;
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
