package io.candor.serving.lora;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads GGUF files of versions 2 and 3, as docs/gguf.md of the ggml project describes them. A file
 * is not to be trusted: whatever it says of lengths is checked against its own.
 */
public final class GgufReader implements AutoCloseable {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int MOST_DIMENSIONS = 4;
  private static final int DEFAULT_ALIGNMENT = 32;

  private final Path file;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;
  private final Gguf gguf;
  private final Map<String, MemorySegment> entries = new LinkedHashMap<>();

  /**
   * Maps the file and reads its header.
   *
   * @throws IllegalArgumentException that says what is wrong with the file
   */
  public GgufReader(Path file) throws IOException {
    this.file = file.getFileName();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    try (var channel = FileChannel.open(file)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      gguf = header(new LittleEndian(bytes, 0));
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      arena.close();
      throw new IllegalArgumentException("%s is cut off or damaged".formatted(this.file), e);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public Gguf gguf() {
    return gguf;
  }

  private Gguf header(LittleEndian in) {
    if (bytes.byteSize() < 2 * Integer.BYTES || in.nextInt() != MAGIC) {
      throw new IllegalArgumentException("%s is not a GGUF file".formatted(file));
    }
    int version = in.nextInt();
    if (version != 2 && version != 3) {
      throw new IllegalArgumentException(
          "%s has GGUF version %d; 2 and 3 are known".formatted(file, version));
    }
    long tensors = in.nextCount();
    var metadata = metadata(in, in.nextCount());
    return new Gguf(metadata, tensors(in, tensors, alignment(metadata)));
  }

  /** All metadata as the file has them, arrays included, to be copied while this is open. */
  public Map<String, MemorySegment> entries() {
    return Collections.unmodifiableMap(entries);
  }

  private Map<String, Object> metadata(LittleEndian in, long count) {
    var metadata = new HashMap<String, Object>();
    for (long i = 0; i < count; i++) {
      var key = in.nextText();
      long start = in.position();
      int type = in.nextInt();
      if (type == GgufType.ARRAY) {
        skipArray(in);
      } else {
        metadata.put(key, GgufType.next(in, type));
      }
      entries.put(key, bytes.asSlice(start, in.position() - start));
    }
    return metadata;
  }

  private static void skipArray(LittleEndian in) {
    int type = in.nextInt();
    long count = in.nextCount();
    if (type != GgufType.TEXT) {
      in.skip(count, GgufType.bytes(type));
      return;
    }
    for (long i = 0; i < count; i++) {
      in.skip(in.nextCount(), 1);
    }
  }

  private int alignment(Map<String, Object> metadata) {
    var alignment = metadata.getOrDefault("general.alignment", DEFAULT_ALIGNMENT);
    if (!(alignment instanceof Integer bytes) || bytes < 1) {
      throw new IllegalArgumentException("%s has no sensible alignment".formatted(file));
    }
    return bytes;
  }

  /** A tensor's place is told from the end of the header, which is known last. */
  private Map<String, Gguf.Tensor> tensors(LittleEndian in, long count, int alignment) {
    var listed = new ArrayList<Gguf.Tensor>();
    for (long i = 0; i < count; i++) {
      var name = in.nextText();
      var shape = shape(in, name);
      listed.add(new Gguf.Tensor(name, in.nextInt(), shape, in.nextLong()));
    }
    long data = Math.ceilDiv(in.position(), alignment) * (long) alignment;
    var tensors = new LinkedHashMap<String, Gguf.Tensor>();
    for (var tensor : listed) {
      tensors.put(tensor.name(), within(tensor.movedBy(data)));
    }
    return tensors;
  }

  private Gguf.Tensor within(Gguf.Tensor tensor) {
    long least = tensor.isPlain() ? tensor.bytes() : 0;
    if (tensor.start() < 0 || least < 0 || tensor.start() > bytes.byteSize() - least) {
      throw new IndexOutOfBoundsException(tensor.toString());
    }
    return tensor;
  }

  private List<Long> shape(LittleEndian in, String tensor) {
    int dimensions = in.nextInt();
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "%s: tensor %s has %d dimensions".formatted(file, tensor, dimensions));
    }
    var shape = new ArrayList<Long>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(in.nextLong());
    }
    return shape;
  }

  /** The values of a plain tensor, row after row. */
  float[] values(Gguf.Tensor tensor) {
    var in = new LittleEndian(bytes, tensor.start());
    var values = new float[Math.toIntExact(tensor.values())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.type()) {
            case Gguf.F32 -> in.nextFloat();
            case Gguf.F16 -> Float.float16ToFloat(in.nextShort());
            case Gguf.BF16 -> Float.intBitsToFloat(in.nextShort() << Short.SIZE);
            default ->
                throw new IllegalArgumentException(
                    "%s: tensor %s is quantised".formatted(file, tensor.name()));
          };
    }
    return values;
  }

  /**
   * Rows of a matrix, whatever type its values are kept in; may be called by many threads.
   *
   * @throws IllegalArgumentException if the type is not known
   */
  public float[] rows(Gguf.Tensor tensor, long first, int count) {
    var blocks =
        BlockType.of(tensor.type())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s: tensor %s has values of type %d, which cannot be read; %s can"
                        .formatted(file, tensor.name(), tensor.type(), BlockType.names())));
    int length = Math.toIntExact(tensor.shape().getFirst());
    return blocks.read(bytes, tensor.start(), first * length, count * length);
  }

  @Override
  public void close() {
    arena.close();
  }
}
