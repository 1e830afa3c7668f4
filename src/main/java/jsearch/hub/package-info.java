/**
 * The name of a checkpoint on the Hugging Face Hub enters; a directory that holds it leaves.
 *
 * <p>The directory is a snapshot in the cache that huggingface_hub uses, fetched where it is not
 * there yet. Must not know what is done with a checkpoint, nor read the environment.
 */
package jsearch.hub;
