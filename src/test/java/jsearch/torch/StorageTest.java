package jsearch.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.TensorInfo;
import jsearch.checkpoint.TinyCheckpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StorageTest {
  private static final String WRITE_ONE =
      Sources.ADDER
          + """
            def fill(self: __torch__.Program, x: Tensor) -> int:
              _0 = torch.fill_(x, 1.)
              return 0
          """;
  private static Torch torch;
  private static Storage storage;

  @TempDir private Path directory;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu");
    storage = new Storage(torch);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @ParameterizedTest
  @CsvSource({"F64,1", "F32,3", "F16,1", "F16,4", "BF16,1", "BF16,3"})
  void everyTensorHoldsTheFilesNumbersInTheOrderAsked(DType dtype, int shards) {
    TinyCheckpoint tiny = new TinyCheckpoint().layers(1).dtype(dtype).shards(shards);
    Checkpoint checkpoint = Checkpoint.open(tiny.write(directory));
    List<TensorInfo> infos = new ArrayList<>(checkpoint.tensors().values());
    Collections.shuffle(infos, new Random(4));
    try (Arena arena = torch.arena()) {
      List<Tensor> loaded = storage.load(arena, infos);
      assertEquals(infos.size(), loaded.size());
      for (int i = 0; i < infos.size(); i++) {
        String name = infos.get(i).name().text();
        assertEquals(tiny.shapes().get(name), loaded.get(i).shape(), name);
        Tensor wide = storage.to(arena, loaded.get(i), DType.F32);
        assertArrayEquals(tiny.values(name), wide.floats(), name);
      }
    }
  }

  @Test
  void formatsKeepWhatTheyCanHold() {
    float[] values = {1, -2.5f, 0, 1 / 3f};
    try (Arena arena = torch.arena()) {
      Tensor tensor = arena.floats(values, 2, 2);
      // 1/3 has 8 significant bits in BF16 (0.333984375) and 11 in F16 (0.333251953125).
      assertEquals(0.333984375f, there(arena, tensor, DType.BF16));
      assertEquals(0.333251953125f, there(arena, tensor, DType.F16));
      assertEquals(1 / 3f, there(arena, tensor, DType.F64));
      assertEquals(
          (double) (1 / 3f), storage.to(arena, tensor, DType.F64).doubles()[3], "F64 itself");
    }
  }

  private static float there(Arena arena, Tensor tensor, DType dtype) {
    Tensor back = storage.to(arena, storage.to(arena, tensor, dtype), DType.F32);
    assertEquals(List.of(2L, 2L), back.shape());
    return back.floats()[3];
  }

  @Test
  void loadedTensorsAreViewsOfOneMappingThatTheFileNeverSees() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(new TinyCheckpoint().write(directory));
    TensorInfo norm = checkpoint.tensor("model.norm.weight");
    byte[] file = Files.readAllBytes(norm.file());
    try (Arena arena = torch.arena()) {
      List<Tensor> views = storage.load(arena, List.of(norm, norm));
      torch.program("writer", WRITE_ONE).effect("fill", views.get(0));
      assertArrayEquals(views.get(0).floats(), views.get(1).floats());
      assertEquals(1f, views.get(1).floats()[0]);
    }
    assertArrayEquals(file, Files.readAllBytes(norm.file()));
  }

  @Test
  void toTheSameFormatIsTheSameMemory() {
    try (Arena arena = torch.arena()) {
      Tensor tensor = arena.floats(new float[] {5}, 1);
      Tensor same = storage.to(arena, tensor, DType.F32);
      torch.program("writer", WRITE_ONE).effect("fill", same);
      assertArrayEquals(new float[] {1}, tensor.floats());
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void nanAndInfinityAreFoundInEveryFormat(DType dtype) {
    float[][] rows = {{1, 2}, {1, Float.NaN}, {0, -0f}, {Float.NEGATIVE_INFINITY, 1}};
    try (Arena arena = torch.arena()) {
      List<Tensor> tensors = new ArrayList<>();
      for (float[] row : rows) {
        tensors.add(storage.to(arena, arena.floats(row, 2), dtype));
      }
      assertArrayEquals(new long[] {1, 3}, storage.nonFinite(tensors));
    }
  }

  @Test
  void emptyTensorsHaveTheShapesOfTheirModels() {
    try (Arena arena = torch.arena()) {
      List<Tensor> like = List.of(arena.floats(new float[6], 2, 3), arena.floats(new float[4], 4));
      List<Tensor> empty = storage.emptyLike(arena, like, DType.F64);
      assertEquals(List.of(2L, 3L), empty.get(0).shape());
      assertEquals(4, empty.get(1).doubles().length);
    }
  }

  @Test
  void aFileThatWentAwayIsNamed() throws IOException {
    Checkpoint checkpoint = Checkpoint.open(new TinyCheckpoint().write(directory));
    TensorInfo norm = checkpoint.tensor("model.norm.weight");
    Files.delete(norm.file());
    try (Arena arena = torch.arena()) {
      List<TensorInfo> one = List.of(norm);
      UncheckedIOException e =
          assertThrows(UncheckedIOException.class, () -> storage.load(arena, one));
      assertEquals(norm.file().toString(), e.getCause().getMessage());
    }
  }
}
