/**
 * A directory enters; tensors' names, shapes and places in files leave.
 *
 * <p>The Hugging Face layout: config, safetensors headers, shards. Reads headers, never weights;
 * must not know what a tensor is for beyond its layer and role.
 */
package jsearch.checkpoint;
