/**
 * Two parents enter; the compatibility score S and a decision leave.
 *
 * <p>Tokenizer overlap, hidden-state similarity, angles. Must not know of searches.
 */
package jsearch.compat;
