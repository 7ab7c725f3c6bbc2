package io.candor.serving;

/** How the language model is, for {@code ops}: whatever it is, questions are answered. */
public enum ModelState {
  LOADING,
  READY,
  /** Remote, and does not answer: it is left alone for a while and then tried again. */
  UNREACHABLE,
  /** Local, and a computation does not come to its end: requests fail at once; restart it. */
  STALLED,
  /** Cannot be used until the configuration is changed; the log has the reason. */
  ABSENT
}
