package jsearch.checkpoint;

/** What a tensor does in a decoder, told from its name. */
public enum Role {
  SELF_ATTN,
  MLP,
  NORM,
  EMBEDDING,
  HEAD,
  OTHER
}
