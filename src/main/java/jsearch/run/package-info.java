/**
 * A study enters; its trials evaluated leave.
 *
 * <p>Brings the stages together on the local device. Must not print.
 */
package jsearch.run;
