/**
 * A directory enters; tensors' names, shapes and places in files leave.
 *
 * <p>The Hugging Face layout: config, safetensors headers, shards; and which kind of model a config
 * describes, where it is no decoder. Reads headers; of weights only the samples that a fingerprint
 * takes. Must not know what a tensor is for beyond its layer and role.
 */
package jsearch.checkpoint;
