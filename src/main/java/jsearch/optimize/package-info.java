/**
 * Scores so far enter; the next points in [0,1]^n leave.
 *
 * <p>CMA-ES, genetic and random search; the one home of commons-math's optimizers and of Jenetics.
 * Must not know what a point means.
 */
package jsearch.optimize;
