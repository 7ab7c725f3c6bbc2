package io.candor.serving;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an {@link OnnxEncoder} is read from. */
sealed interface EncoderFiles {
  OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
      throws IOException, OrtException;

  InputStream tokenizer() throws IOException;

  /** In this program, as LangChain4j packs them. */
  record Bundled(String name) implements EncoderFiles {
    @Override
    public OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws IOException, OrtException {
      try (var model = resource(name + ".onnx")) {
        return environment.createSession(model.readAllBytes(), options);
      }
    }

    @Override
    public InputStream tokenizer() throws IOException {
      return resource(name + "-tokenizer.json");
    }

    private static InputStream resource(String file) throws IOException {
      var stream = EncoderFiles.class.getResourceAsStream("/" + file);
      if (stream == null) {
        throw new IOException(file + " is not on the class path");
      }
      return stream;
    }
  }

  /** On disk. By its path, because a large model keeps its weights in files beside it. */
  record OnDisk(Path model, Path vocabulary) implements EncoderFiles {
    @Override
    public OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException {
      return environment.createSession(model.toString(), options);
    }

    @Override
    public InputStream tokenizer() throws IOException {
      return Files.newInputStream(vocabulary);
    }
  }
}
