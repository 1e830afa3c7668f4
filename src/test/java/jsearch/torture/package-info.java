/**
 * Searches as processes of their own that are killed, and what of a study is there afterwards.
 *
 * <p>Reads a study's files by itself, knowing nothing of the package {@code study}.
 */
package jsearch.torture;
