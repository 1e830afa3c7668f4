package jsearch.torch;

/**
 * What a device does for a trial.
 *
 * <p>On the CPU a phase ends when its work is done. A GPU works behind the program: there a phase
 * ends where its result is read, which is the case for prefill and decode; what the GPU still has
 * to do of a merge counts as the prefill that waits for it.
 */
public enum Phase {
  /** A candidate's weights are written. */
  MERGE,
  /** Given tokens are read, to score them or to go on from them. */
  PREFILL,
  /** New tokens are written one by one. */
  DECODE
}
