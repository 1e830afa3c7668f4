/**
 * Weights and token ids enter; log-probabilities and text leave.
 *
 * <p>Decoders, the KV cache, the tokenizer (the one home of DJL's tokenizers), chat templates. Must
 * not know where the weights come from.
 */
package jsearch.model;
