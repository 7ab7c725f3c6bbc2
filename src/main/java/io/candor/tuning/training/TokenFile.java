package io.candor.tuning.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tokenised examples on disk: the command tokenises, the training process reads. */
final class TokenFile {
  private TokenFile() {}

  static void write(Path file, List<TokenisedExample> examples) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(examples.size());
      for (var example : examples) {
        out.writeInt(example.length());
        out.writeInt(example.answerStart());
        for (int token : example.tokens()) {
          out.writeInt(token);
        }
      }
    }
  }

  static List<TokenisedExample> read(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      var examples = new ArrayList<TokenisedExample>();
      for (int left = in.readInt(); left > 0; left--) {
        var tokens = new int[in.readInt()];
        int answerStart = in.readInt();
        for (int i = 0; i < tokens.length; i++) {
          tokens[i] = in.readInt();
        }
        examples.add(new TokenisedExample(tokens, answerStart));
      }
      return examples;
    }
  }
}
