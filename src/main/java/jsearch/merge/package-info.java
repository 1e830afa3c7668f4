/**
 * Two parents and a schedule enter; the candidate's weights leave, in memory or on disk.
 *
 * <p>In memory, angles are measured once a pair and a candidate is written in place into the same
 * buffers; on disk, a merge streams tensor by tensor. Both have one kernel. Must not know how a
 * candidate is scored.
 */
package jsearch.merge;
