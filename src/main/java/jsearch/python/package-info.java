/**
 * Values and texts enter; what Python makes of them leaves: strings, lists, patterns.
 *
 * <p>The rules of tasks were written for Python. Must not know tasks, nor why it is asked.
 */
package jsearch.python;
