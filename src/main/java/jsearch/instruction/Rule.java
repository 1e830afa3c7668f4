package jsearch.instruction;

/** What one instruction asks of a response, with its arguments in it. */
@FunctionalInterface
interface Rule {
  /** Whether a response that is more than spaces follows the instruction. */
  boolean isFollowedBy(String response);
}
