/**
 * A recipe and its checkpoints enter; what every tensor and file of the merge is made of leaves.
 *
 * <p>Slices are stacked, tokens aligned, parameters resolved, configs made true, as mergekit plans
 * a merge. Reads headers, configs and tokenizers, and writes what stands beside the weights; must
 * not touch the weights, nor know how they are computed.
 */
package jsearch.plan;
