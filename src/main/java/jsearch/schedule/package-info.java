/**
 * A family and six scalars enter; t for each (role, depth) leaves.
 *
 * <p>Families, anchors and mergekit recipes. The one home of the expression library. Must not know
 * what a schedule is scored by.
 */
package jsearch.schedule;
