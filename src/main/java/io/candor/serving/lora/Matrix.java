package io.candor.serving.lora;

import java.util.List;

/** A matrix, its values row after row. */
record Matrix(int rowLength, float[] values) {
  static Matrix read(GgufReader reader, Gguf.Tensor tensor) {
    return new Matrix(Math.toIntExact(tensor.shape().getFirst()), reader.values(tensor));
  }

  int rows() {
    return values.length / rowLength;
  }

  Matrix times(float factor) {
    var scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new Matrix(rowLength, scaled);
  }

  static Matrix below(List<Matrix> matrices) {
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

  static Matrix beside(List<Matrix> matrices) {
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

  GgufWriter.Values named(String name) {
    return new GgufWriter.Values(name, List.of((long) rowLength, (long) rows()), values);
  }
}
