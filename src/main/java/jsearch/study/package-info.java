/**
 * Events enter; the journal and its state leave.
 *
 * <p>Spec, trials, journal, resume, selection. Must not know how a trial is evaluated.
 */
package jsearch.study;
