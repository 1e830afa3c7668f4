/**
 * A directory or a name on the Hugging Face Hub enters; tensors' names, shapes and places leave.
 *
 * <p>The Hugging Face layout: config, safetensors headers, shards. Reads headers; of weights only
 * the samples that a fingerprint takes. A name on the Hub is a directory in its cache, fetched
 * where it is not there yet. Must not know what a tensor is for beyond its layer and role.
 */
package jsearch.checkpoint;
