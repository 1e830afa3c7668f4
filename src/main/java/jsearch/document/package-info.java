/**
 * JSON, YAML, CSV and Parquet: a file, line or row enters, values checked by name leave.
 *
 * <p>The one home of jackson and parquet-java, and of what a user's fault is told with: the
 * exception, why a file cannot be used, the names that are near. Knows no format of any other
 * stage.
 */
package jsearch.document;
