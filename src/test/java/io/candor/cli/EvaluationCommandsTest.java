package io.candor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in usage are found before anything is set up or started. */
class EvaluationCommandsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bench --only speed                       | No part is called speed
          bench --only policy-stream --data /none  | name their parent folder with --data
          eval                                     | Name suites (candor eval --list)
          eval silver                              | No suite is called silver
          eval golden --limit -3                   | a limit is at least 1, not -3
          eval golden --gate /none.json            | There is no report at /none.json
          eval --resume yesterday                  | No run is called yesterday
          eval compare /a.json /b.json             | There is no report at /a.json
          eval side-by-side /a.json /b.json        | There is no report at /a.json
          eval golden --ablations --url http://localhost:1 --key a | leave --url out
          eval policy-stream --data /none          | name their parent folder with --data
          """)
  void aMistakeIsSaidInOneLine(String line, String said) {
    var errors = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(errors, true));
    try {
      assertEquals(1, CandorCommand.run(line.split(" ")));
    } finally {
      System.setErr(before);
    }
    assertTrue(errors.toString().contains(said), errors.toString());
    assertEquals(1, errors.toString().lines().count());
  }
}
