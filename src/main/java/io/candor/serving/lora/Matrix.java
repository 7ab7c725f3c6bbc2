package io.candor.serving.lora;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** A matrix of an adapter, its values row after row. */
public record Matrix(int rowLength, float[] values) {
  /** Reads a tensor of plain values. */
  public static Matrix read(GgufReader reader, Gguf.Tensor tensor) {
    return new Matrix(Math.toIntExact(tensor.shape().getFirst()), reader.values(tensor));
  }

  public int rows() {
    return values.length / rowLength;
  }

  /** Every value multiplied by a factor. */
  public Matrix times(float factor) {
    var scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new Matrix(rowLength, scaled);
  }

  /** The rows of the one follow those of the other. */
  public static Matrix below(List<Matrix> matrices) {
    int rowLength = matrices.getFirst().rowLength;
    if (matrices.stream().anyMatch(matrix -> matrix.rowLength != rowLength)) {
      throw new IllegalArgumentException("the adapters were trained for different bases");
    }
    var values = new float[matrices.stream().mapToInt(matrix -> matrix.values.length).sum()];
    int at = 0;
    for (var matrix : matrices) {
      System.arraycopy(matrix.values, 0, values, at, matrix.values.length);
      at += matrix.values.length;
    }
    return new Matrix(rowLength, values);
  }

  /** Each row of the one goes on with that of the other. */
  public static Matrix beside(List<Matrix> matrices) {
    int rows = matrices.getFirst().rows();
    if (matrices.stream().anyMatch(matrix -> matrix.rows() != rows)) {
      throw new IllegalArgumentException("the adapters were trained for different bases");
    }
    int rowLength = matrices.stream().mapToInt(Matrix::rowLength).sum();
    var values = new float[rows * rowLength];
    int column = 0;
    for (var matrix : matrices) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(
            matrix.values,
            row * matrix.rowLength,
            values,
            row * rowLength + column,
            matrix.rowLength);
      }
      column += matrix.rowLength;
    }
    return new Matrix(rowLength, values);
  }

  /** The same rows in another order: row {@code i} is row {@code source(i)} of this. */
  public Matrix ordered(IntUnaryOperator source) {
    var ordered = new float[values.length];
    for (int row = 0; row < rows(); row++) {
      System.arraycopy(
          values, source.applyAsInt(row) * rowLength, ordered, row * rowLength, rowLength);
    }
    return new Matrix(rowLength, ordered);
  }

  GgufWriter.Values named(String name) {
    return named(name, BlockType.F32);
  }

  GgufWriter.Values named(String name, BlockType type) {
    return new GgufWriter.Values(
        name, List.of((long) rowLength, (long) rows()), type, () -> values);
  }

  /** Filled up with zeros below and at the right, so that both lengths are multiples of this. */
  Matrix filled(int multiple) {
    int length = Math.ceilDiv(rowLength, multiple) * multiple;
    int rows = Math.ceilDiv(rows(), multiple) * multiple;
    var filled = new float[rows * length];
    for (int row = 0; row < rows(); row++) {
      System.arraycopy(values, row * rowLength, filled, row * length, rowLength);
    }
    return new Matrix(length, filled);
  }
}
