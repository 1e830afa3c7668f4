/**
 * Words enter; a run of the stages above leaves.
 *
 * <p>One class a command; the only place that prints, exits and reads the environment. The one home
 * of picocli.
 */
package jsearch.cli;
