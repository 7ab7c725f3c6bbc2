package io.candor.helpdesk.vendor;

/**
 * What a helpdesk lets us do, over its API. A post may have arrived although its request failed:
 * whoever repeats one looks first whether it {@link #isPosted}.
 */
public sealed interface Desk
    permits ZendeskDesk, ChatwootDesk, IntercomDesk, FreshdeskDesk, StandardDesk {
  /** Fails where the account's credentials are no good. */
  void check() throws DeskFailure;

  /** Whether a reply or note of ours is there already. */
  boolean isPosted(Post post, Target target) throws DeskFailure;

  /** Posts it, or sets the status and assignee, which may be repeated. */
  void post(Post post, Target target) throws DeskFailure;
}
