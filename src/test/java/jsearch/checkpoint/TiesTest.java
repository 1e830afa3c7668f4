package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiesTest {
  private static final String HEAD = "lm_head.weight";
  private static final String EMBEDDING = "model.embed_tokens.weight";

  @TempDir Path temp;

  private Checkpoint open(TinyCheckpoint tiny) {
    return Checkpoint.open(tiny.write(temp.resolve("tiny")));
  }

  @Test
  void aTiedCheckpointMayHoldItsEmbeddingAsTheHead() {
    Checkpoint checkpoint =
        open(new TinyCheckpoint().tied(true).copy(EMBEDDING, HEAD).without(EMBEDDING));
    assertTrue(checkpoint.isTied());
    assertFalse(checkpoint.tensors().containsKey(HEAD));
    assertEquals(List.of(264L, 16L), checkpoint.tensor(EMBEDDING).shape());
    assertEquals(new TensorName(EMBEDDING), checkpoint.tensor(EMBEDDING).name());
    assertEquals(List.of(), checkpoint.warnings());
  }

  @Test
  void ofTwoTiedTensorsTheEmbeddingCounts() {
    Checkpoint checkpoint = open(new TinyCheckpoint().tied(true).copy("model.norm.weight", HEAD));
    assertTrue(checkpoint.isTied());
    assertFalse(checkpoint.tensors().containsKey(HEAD));
  }

  @Test
  void aHeadThatTheConfigDoesNotTieIsItsOwn() {
    assertFalse(open(new TinyCheckpoint()).isTied());
    assertFalse(open(new TinyCheckpoint().config("tie_word_embeddings", null)).isTied());
  }

  @Test
  void theEmbeddingAnswersForAHeadThatIsMissing() {
    Checkpoint checkpoint = open(new TinyCheckpoint().without(HEAD));
    assertTrue(checkpoint.isTied());
    assertEquals(
        List.of(
            "%s: tie_word_embeddings is false, but there is no lm_head.weight: the embedding is used"
                    .formatted(temp.resolve("tiny/config.json"))
                + " as the head."),
        checkpoint.warnings());
  }

  @Test
  void anUntiedHeadDoesNotStandInForAnEmbedding() {
    Checkpoint checkpoint = open(new TinyCheckpoint().without(EMBEDDING));
    InputException e = assertThrows(InputException.class, () -> checkpoint.tensor(EMBEDDING));
    assertTrue(e.getMessage().startsWith("Tensor model.embed_tokens.weight is missing from "));
  }
}
