package io.candor.knowledge.loading;

/** A word as a PDF's page has it drawn; lengths in points, y grows downwards. */
record PdfWord(double left, double right, double y, double size, int order, String text) {}
