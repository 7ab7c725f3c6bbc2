package io.candor.knowledge;

/**
 * What a chunk must keep whole: a sentence, list item, table row or line of code.
 *
 * @param opensBlock starts a paragraph, list or the like: a good place to begin a chunk
 * @param leansBack says little without the part before it, as a list's first item does
 */
record Part(Range range, boolean opensBlock, boolean leansBack) {}
