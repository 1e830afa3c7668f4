package jsearch.model;

import java.util.List;
import java.util.OptionalInt;

/** Text to token ids and back. */
public interface Tokenizer {
  /**
   * Token ids of the text.
   *
   * @param special whether the tokenizer adds its special tokens (BOS), as its file says
   */
  List<Integer> encode(String text, boolean special);

  /** The text of these ids, special tokens left out. */
  String decode(List<Integer> ids);

  /** Beginning of sequence, where the tokenizer has one. */
  OptionalInt bos();

  /** Tokens that end a sequence, the plain one first; empty where there is none. */
  List<Integer> eos();
}
