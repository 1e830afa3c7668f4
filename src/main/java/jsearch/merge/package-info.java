/**
 * Two parents and a schedule enter; the candidate's weights leave.
 *
 * <p>Angles are measured once a pair; a candidate is written in place into the same buffers. Must
 * not know how a candidate is scored.
 */
package jsearch.merge;
