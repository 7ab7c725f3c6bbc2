package io.candor.helpdesk.wire;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Resolves the names of hosts that others have chosen, and refuses those that lead into our own
 * network (server-side request forgery). Whoever asks must connect to the address returned, since
 * the name may lead elsewhere a moment later.
 */
public final class AddressGuard {
  private final Set<String> privateHosts;

  /** Guards against all but these hosts. */
  public AddressGuard(Set<String> privateHosts) {
    this.privateHosts = Set.copyOf(privateHosts);
  }

  /** An address of the host, if all of its addresses may be called. */
  public InetAddress check(String host) throws IOException {
    var addresses = InetAddress.getAllByName(host);
    if (!privateHosts.contains(host.toLowerCase(Locale.ROOT))
        && !Arrays.stream(addresses).allMatch(AddressGuard::isPublic)) {
      throw new IOException(
          "%s is an address of a private network; candor.helpdesk.private-hosts allows it"
              .formatted(host));
    }
    return addresses[0];
  }

  /**
   * Whether the internet's routing leads there: IANA's special-purpose registries name the rest.
   */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    var bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    return address instanceof Inet4Address
        ? isPublic4(first, second, third)
        : isPublic6(first << 8 | second, third << 8 | bytes[3] & 0xff);
  }

  private static boolean isPublic4(int first, int second, int third) {
    return switch (first) {
      case 0 -> false;
      case 100 -> second < 64 || second > 127; // carriers' own
      case 192 -> second != 0 && !(second == 88 && third == 99); // protocols, examples, 6to4
      case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
      case 203 -> !(second == 0 && third == 113);
      default -> first < 240;
    };
  }

  /** Global unicast, without what stands for IPv4 addresses (6to4, Teredo) or for examples. */
  private static boolean isPublic6(int first, int second) {
    boolean global = first >= 0x2000 && first < 0x4000;
    boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0db8) || first == 0x2002;
    return global && !special && first < 0x3ff0;
  }
}
