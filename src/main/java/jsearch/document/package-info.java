/**
 * JSON and YAML: a file or a line enters, values checked by name leave.
 *
 * <p>The one home of jackson, and of the exception that a user's fault is told with. Knows no
 * format of any other stage.
 */
package jsearch.document;
