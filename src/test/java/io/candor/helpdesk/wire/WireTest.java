package io.candor.helpdesk.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  /** The vector that the Standard Webhooks libraries share. */
  @Test
  void theStandardsPublishedVectorIsReproduced() {
    var secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    var id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    var body = "{\"test\": 2432232314}".getBytes(UTF_8);
    var header = StandardWebhooks.sign(List.of(secret), id, 1614265330, body);
    assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", header);
    assertTrue(StandardWebhooks.isSigned("v1,AAAA " + header, secret, id, 1614265330, body));
    assertFalse(StandardWebhooks.isSigned(header, secret, id, 1614265331, body));
    assertFalse(StandardWebhooks.isSigned(header, secret, "msg_other", 1614265330, body));
  }

  @Test
  void whatIsSealedOpensWithItsKeyForItsRowAlone() {
    var key = Vault.newKey();
    var row = UUID.randomUUID();
    var vault = new Vault(Optional.of(key), List.of());
    var sealed = vault.seal("a token", row);
    assertEquals("a token", vault.open(sealed, row));
    assertThrows(IllegalStateException.class, () -> vault.open(sealed, UUID.randomUUID()));

    var next = new Vault(Optional.of(Vault.newKey()), List.of(key));
    assertEquals("a token", next.open(sealed, row));
    var other = new Vault(Optional.of(Vault.newKey()), List.of());
    assertThrows(IllegalStateException.class, () -> other.open(sealed, row));

    sealed[sealed.length - 1] ^= 1;
    assertThrows(IllegalStateException.class, () -> vault.open(sealed, row));
    assertThrows(
        IllegalArgumentException.class, () -> new Vault(Optional.of("c2hvcnQ="), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2001:db8::1",
        "2002:a00:1::",
        "fc00::1",
        "fe80::1",
        "ff02::1",
        "2001::1"
      })
  void anAddressThatIsNotPublicIsRefused(String address) throws Exception {
    assertFalse(AddressGuard.isPublic(InetAddress.getByName(address)));
    assertThrows(java.io.IOException.class, () -> new AddressGuard(Set.of()).check(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.128.0.1",
        "172.32.0.1",
        "198.20.0.1",
        "2606:4700::1111"
      })
  void aPublicAddressIsNot(String address) throws Exception {
    assertTrue(AddressGuard.isPublic(InetAddress.getByName(address)));
  }

  @Test
  void aHostThatTheOperatorAllowsMayBePrivate() throws Exception {
    assertTrue(new AddressGuard(Set.of("localhost")).check("localhost").isLoopbackAddress());
    assertThrows(
        java.io.IOException.class, () -> new AddressGuard(Set.of("localhost")).check("127.0.0.1"));
  }

  @Test
  void aPauseIsSecondsOrADate() {
    assertEquals(Optional.of(Duration.ofSeconds(7)), GuardedHttp.pause(" 7 "));
    assertEquals(Optional.of(Duration.ZERO), GuardedHttp.pause("Wed, 21 Oct 2015 07:28:00 GMT"));
    assertEquals(
        Optional.of(Duration.ofDays(1)), GuardedHttp.pause("Wed, 21 Oct 2150 07:28:00 GMT"));
    assertEquals(Optional.of(Duration.ofDays(1)), GuardedHttp.pause("9000000000000000"));
    assertEquals(Optional.empty(), GuardedHttp.pause("soon"));
  }
}
