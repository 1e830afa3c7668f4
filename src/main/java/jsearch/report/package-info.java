/**
 * A study enters; what a person reads leaves.
 *
 * <p>Tables, summary, recipe. Must not compute scores.
 */
package jsearch.report;
