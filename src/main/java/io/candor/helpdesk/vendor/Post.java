package io.candor.helpdesk.vendor;

/** Something that we do in a conversation of the helpdesk's. */
public record Post(Kind kind, String text) {
  /** What is done. */
  public enum Kind {
    /** The customer reads it. */
    REPLY,
    /** Only the staff reads it. */
    NOTE,
    /** The conversation is shown to the staff: its status and assignee, as the account says. */
    HAND_OVER
  }
}
