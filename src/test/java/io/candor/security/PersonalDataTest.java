package io.candor.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataTest {
  /** Processor time, so that a busy machine fails no test. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final PersonalData personalData = new PersonalData();

  /** Each line: what was written, then what is left of it. */
  static Stream<String> masked() {
    return """
    my ssn is 123 45 6789 => my ssn is [US_SSN]
    ssn 123-45-6789 => ssn [US_SSN]
    the last four of my social are 5960 => the last four of my social are [US_SSN]
    Here's my SSN: 460-89-9847. => Here's my SSN: [US_SSN].
    my card 4111 1111 1111 1111 was declined => my card [CREDIT_CARD] was declined
    4111111111111111 => [CREDIT_CARD]
    account number 4821 and ssn 5960 => account number [ACCOUNT_NUMBER] and ssn [US_SSN]
    4821 => [ACCOUNT_NUMBER]
    visa 4556-7375-8689-9855 exp 04/27 => visa [CREDIT_CARD] exp 04/27
    amex 3782 822463 10005 please => amex [CREDIT_CARD] please
    my debit card number is 5234 8876 1234 9981 => my debit card number is [CREDIT_CARD]
    please call me at 555-123-4567 => please call me at [PHONE]
    call (415) 555-2671 today => call [PHONE] today
    +44 20 7946 0958 is my number => [PHONE] is my number
    my number is 5555555 => my number is [PHONE]
    896 457 9074 => [PHONE]
    6956320147 => [PHONE]
    my mobile is 07700 900123 => my mobile is [PHONE]
    my email is john.doe@example.com, thanks => my email is [EMAIL], thanks
    my email is karen 26 gmailcom => my email is [EMAIL]
    shrigmailcom => [EMAIL]
    it is mary dot jones at example dot com => it is [EMAIL]
    write to o'neil+shop@mail.example.co.uk => write to [EMAIL]
    my name is john smith => my name is [PERSON]
    my name is Jean-Luc O'Neill and I need help => my name is [PERSON] and I need help
    john smith => [PERSON]
    subramani => [PERSON]
    Hi, this is Sarah Connor. => Hi, this is [PERSON].
    speak to ms. wijtze please => speak to ms. [PERSON] please
    Dr. Burke is my doctor => Dr. [PERSON] is my doctor
    im riley => im [PERSON]
    The account belongs to Tomomi R. Nishiyama. => The account belongs to [PERSON].
    What's the name on the account? Krisztián Szöllösy => What's the name on the account? [PERSON]
    last name is samuel => last name is [PERSON]
    name: Ludmila Petrova => name: [PERSON]
    i live at 221b baker street london => i live at [STREET_ADDRESS]
    my address is 12 main street new york 10001 => my address is [STREET_ADDRESS]
    deliver it to 742 Evergreen Terrace, Springfield, OR 97403 => deliver it to [STREET_ADDRESS]
    ship to 12 Rue de Rivoli, 75001 Paris => ship to [STREET_ADDRESS]
    send it to PO Box 4521 please => send it to PO [STREET_ADDRESS] please
    my zip code is 35350 => my zip code is [STREET_ADDRESS]
    28245 Puruntie 82, Apt. 595 => [STREET_ADDRESS]
    account number 12345678 => account number [ACCOUNT_NUMBER]
    the routing number is 021000021 => the routing number is [ACCOUNT_NUMBER]
    my acct no is 00987654321 => my acct no is [ACCOUNT_NUMBER]
    DE89 3704 0044 0532 0130 00 is my iban => [IBAN] is my iban
    my iban is gb82west12345698765432 => my iban is [IBAN]
    my password is hunter2 => my password is [PASSWORD]
    password: correcthorse => password: [PASSWORD]
    the password is swordfish => the password is [PASSWORD]
    my pin is 4821 => my pin is [PASSWORD]
    security code 123 => security code [PASSWORD]
    my user name is jdoe99 => my user name is [USERNAME]
    username: margaret.h => username: [USERNAME]
    my api key is sk-abc123def456ghi789jkl012 => my api key is [SECRET]
    token ghp_16C7e42F292c6912E7710c838347Ae178B4a => token [SECRET]
    use AKIAIOSFODNN7EXAMPLE for it => use [SECRET] for it
    clone https://bob:s3cr3t@git.example.com/x => clone https://[SECRET]@git.example.com/x
    blocked from 192.168.13.20 again => blocked from [IP_ADDRESS] again
    my ip is 2001:0db8:85a3:0000:0000:8a2e:0370:7334 => my ip is [IP_ADDRESS]
    i was born on 4 june 1980 => i was born on [DATE_OF_BIRTH]
    dob 06/04/1980 => dob [DATE_OF_BIRTH]
    Please tell me your date of birth. It's 2/16/1942 => Please tell me your date of birth. It's [DATE_OF_BIRTH]
    my passport number is X1234567 => my passport number is [PASSPORT]
    my driver's license is D1234567 => my driver's license is [DRIVER_LICENSE]
    """
        .lines();
  }

  @ParameterizedTest
  @MethodSource
  void masked(String line) {
    String[] sides = line.split(" => ");
    assertEquals(sides[1], personalData.redact(sides[0], personalData.find(sides[0])));
  }

  static Stream<String> ordinary() {
    return """
    My order number is 4532015112830366
    order 123-4567890-1234567 hasn't arrived
    booking number 258463984
    where is order 20391847?
    tracking 1Z999AA10123456784
    confirmation number rh 638
    my iphone 15 pro max 256gb screen is broken
    Is the Dell XPS 15 9530 in stock?
    i bought the kitchenaid 5 quart mixer for 299.99 on 12/03/2024
    I paid $1,299.00 on March 3, 2024
    Can I return the Jordan sneakers to the Austin store?
    the password is not working
    how do i reset my password to a new one
    i forgot my password and the page is blank
    the wifi password for the guest network
    my username is wrong
    my name is not on the list
    what's your name?
    My name appears incorrectly on my ticket
    the product name is Falcon
    this is a problem
    i am happy with grace period
    will you mark my order as paid
    card ending in 4242
    return within 30 days of purchase
    i opened my account in 2019
    my account was charged 1500 twice
    25% off 3 items
    I live on the second floor
    i waited 2 hours on main street
    error code 0x80070057 on windows 11
    version 10.4.2 of the app
    serial number 8834771200
    is may or june better for a trip to paris
    do you ship to georgia
    my amazon gift card is 50 dollars
    flight ba 2490 at 7 pm
    2 passengers from london to new york
    the model is wh 1000xm5
    change my email address please
    what is my account balance
    the fee was 35 dollars on 2024-05-06
    where is the nearest bank of america
    an invoice of 12,500.00 EUR
    """
        .lines();
  }

  @ParameterizedTest
  @MethodSource
  void ordinary(String text) {
    assertEquals(List.of(), personalData.find(text));
  }

  @Test
  void offsetsCountUtf16Units() {
    String text = "😀 my ssn is 123-45-6789";
    var span = personalData.find(text).getFirst();
    assertEquals("123-45-6789", text.substring(span.start(), span.end()));
  }

  @Test
  void checksumsTellNumbersApart() {
    assertTrue(Numbers.isLuhn("4111111111111111") && !Numbers.isLuhn("4111111111111112"));
    assertTrue(Shapes.isIban("GB82WEST12345698765432") && !Shapes.isIban("GB83WEST12345698765432"));
  }

  /**
   * Whatever comes in, spans are ordered, apart, inside the text, and never split a surrogate pair.
   */
  @Test
  void spansOfRandomTextAreValid() {
    String[] parts = {
      "my ",
      "name is ",
      "john ",
      "4111",
      " 1111",
      "-",
      "@",
      "gmail.com",
      "password: ",
      "😀",
      "é",
      "\u0000",
      "12 main street ",
      "\u202e",
      "ssn ",
      "\n",
      "(",
      "+44 ",
      "z\u0301",
      "IBAN GB82",
      "\ud800",
      ".",
      "apt 4 ",
      "born ",
      "\t",
      "x"
    };
    var random = new Random(42);
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(25); n >= 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      int at = 0;
      for (PiiSpan span : personalData.find(text.toString())) {
        assertTrue(span.start() >= at && span.end() <= text.length(), text.toString());
        assertTrue(
            !splitsPair(text, span.start()) && !splitsPair(text, span.end()), text.toString());
        at = span.end();
      }
    }
  }

  private static boolean splitsPair(CharSequence text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  @Test
  void noTextIsSlow() {
    for (String part :
        List.of(
            "a",
            "1",
            " ",
            "@",
            "a@",
            "1 ",
            "-",
            "a.",
            ":",
            "a:",
            "(1",
            "my name is ",
            "password is ",
            "12 main street ",
            "eyJ",
            "A a. ",
            "box 1 ",
            "ab12 ",
            "1.1.1.1",
            "gmailcom 1 ",
            "at a dot b ",
            "\u200b",
            "😀")) {
      String text = part.repeat(Screening.LONGEST_TEXT / part.length());
      long fastest = Long.MAX_VALUE;
      for (int run = 0; run < 4; run++) {
        long start = CPU.getCurrentThreadCpuTime();
        personalData.find(text);
        fastest = Math.min(fastest, CPU.getCurrentThreadCpuTime() - start);
      }
      assertTrue(fastest < 100_000_000, part + " repeated took " + Duration.ofNanos(fastest));
    }
  }
}
