package io.candor.tuning.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * JSON lines in OpenAI's chat format. Each answer with the message before it is an exchange; a
 * system prompt gives way to the brand's own. A message of the chat's own form, with numbered facts
 * and a question, brings its facts along.
 */
record ChatLines(Path file) implements Source {
  private static final Pattern ASKED =
      Pattern.compile(
          "Facts:\n(?<facts>(?:\\[\\d+] .*\n)+)\nQuestion: (?<question>.*)", Pattern.DOTALL);
  private static final Pattern FACT = Pattern.compile("\\[\\d+] (.*)\n");

  @Override
  public List<Exchange> read(Brand brand) throws IOException {
    var exchanges = new ArrayList<Exchange>();
    for (var line : ExampleFile.lines(file)) {
      var messages = line.example().messages();
      for (int i = 1; i < messages.size(); i++) {
        var asked = messages.get(i - 1);
        if (asked.role().equals(Message.USER) && messages.get(i).role().equals(Message.ASSISTANT)) {
          exchanges.add(exchange(line, asked.content(), messages.get(i).content()));
        }
      }
    }
    return exchanges;
  }

  private Exchange exchange(ExampleFile.Line line, String asked, String answer) {
    var form = ASKED.matcher(asked);
    boolean hasFacts = form.matches();
    return new Exchange(
        line.example().conversation(),
        file.getFileName() + ":" + line.number(),
        hasFacts ? form.group("question") : asked,
        hasFacts
            ? FACT.matcher(form.group("facts")).results().map(fact -> fact.group(1)).toList()
            : List.of(),
        answer,
        Optional.empty());
  }
}
