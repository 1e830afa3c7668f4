/**
 * JSON, YAML, CSV and Parquet: a file, line or row enters, values checked by name leave.
 *
 * <p>The one home of jackson and parquet-java, and of the exception that a user's fault is told
 * with. Knows no format of any other stage.
 */
package jsearch.document;
