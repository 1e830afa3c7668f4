/**
 * Two parents and a schedule, or a plan, enter; weights leave, in memory or on disk.
 *
 * <p>In memory, angles are measured once a pair and a candidate is written in place into the same
 * buffers; on disk, a merge streams part by part. Both have one kernel. Must not know how a
 * candidate is scored, nor what a recipe says.
 */
package jsearch.merge;
