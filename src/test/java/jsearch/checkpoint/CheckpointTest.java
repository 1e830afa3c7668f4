package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(DType.class)
  void everyTensorLiesWhereItsInfoSays(DType dtype) throws IOException {
    TinyCheckpoint tiny = new TinyCheckpoint().dtype(dtype).shards(3);
    Checkpoint checkpoint = Checkpoint.open(tiny.write(temp));
    assertEquals(new TreeSet<>(tiny.shapes().keySet()), checkpoint.tensors().keySet());
    for (Map.Entry<String, List<Long>> entry : tiny.shapes().entrySet()) {
      TensorInfo info = checkpoint.tensor(entry.getKey());
      assertEquals(dtype, info.dtype());
      assertEquals(entry.getValue(), info.shape());
      assertArrayEquals(tiny.values(entry.getKey()), read(info), entry.getKey());
    }
  }

  @Test
  void offsetsCountFromTheStartOfTheFile() throws IOException {
    Path directory = new TinyCheckpoint().layers(1).write(temp);
    String header =
        "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2,1],\"data_offsets\":[4,8]},"
            + "\"scalar\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
    String padded = header + " ".repeat(8 - header.length() % 8);
    Path file = Raw.safetensors(directory.resolve("model.safetensors"), padded, 8);
    int dataStart = 8 + padded.length();
    assertEquals(
        Map.of(
            "a",
            new TensorInfo(new TensorName("a"), DType.BF16, List.of(2L, 1L), file, dataStart + 4),
            "scalar",
            new TensorInfo(new TensorName("scalar"), DType.F32, List.of(), file, dataStart)),
        Checkpoint.open(directory).tensors());
  }

  @Test
  void aTiedHeadIsAbsentAndAnUntiedOneIsThere() {
    Path tied = new TinyCheckpoint().tied(true).write(temp.resolve("tied"));
    Path untied = new TinyCheckpoint().write(temp.resolve("untied"));
    assertFalse(Checkpoint.open(tied).tensors().containsKey("lm_head.weight"));
    assertTrue(Checkpoint.open(tied).config().at("tie_word_embeddings").bool());
    assertTrue(Checkpoint.open(untied).tensors().containsKey("lm_head.weight"));
  }

  @Test
  void layersComeFromTheConfig() {
    assertEquals(5, Checkpoint.open(new TinyCheckpoint().layers(5).write(temp)).layers());
  }

  @Test
  void shardsMayBeLinksOutOfTheDirectoryAsInTheHubCache() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp.resolve("snapshot"));
    Path shard = directory.resolve("model-00002-of-00002.safetensors");
    Path blob = Files.createDirectory(temp.resolve("blobs")).resolve("0123abcd");
    Files.move(shard, blob);
    Files.createSymbolicLink(shard, Path.of("../blobs/0123abcd"));
    assertEquals(21, Checkpoint.open(directory).tensors().size());
  }

  @Test
  void theSingleFileWinsOverAnIndexAsInTransformers() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Files.writeString(directory.resolve("model.safetensors.index.json"), "stale");
    assertEquals(21, Checkpoint.open(directory).tensors().size());
  }

  @Test
  void gapsBetweenTensorsAndAfterThemAreAccepted() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    String header =
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[2,4]},"
            + "\"b\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[8,10]}}";
    Raw.safetensors(
        directory.resolve("model.safetensors"), header + " ".repeat(header.length() % 2), 16);
    assertEquals(2, Checkpoint.open(directory).tensors().size());
  }

  @ParameterizedTest
  @CsvSource({
    "model.layers.0.self_attn.rotary_emb.inv_freq, F32",
    "model.embeddings.position_ids, I64"
  })
  void buffersAreLeftOutWhateverTheyHold(String name, String dtype) throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    String header =
        "{\"%s\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,8]},".formatted(name, dtype)
            + "\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[8,10]}}";
    Files.delete(directory.resolve("model.safetensors"));
    Raw.safetensors(
        directory.resolve("x.safetensors"), header + " ".repeat(header.length() % 2), 16);
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"%s\":\"x.safetensors\",\"a\":\"x.safetensors\"}}".formatted(name));
    assertEquals(List.of("a"), new ArrayList<>(Checkpoint.open(directory).tensors().keySet()));
  }

  private static float[] read(TensorInfo info) throws IOException {
    byte[] bytes = new byte[(int) info.bytes()];
    try (RandomAccessFile in = new RandomAccessFile(info.file().toFile(), "r")) {
      in.seek(info.offset());
      in.readFully(bytes);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(int) info.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (info.dtype()) {
            case F64 -> (float) buffer.getDouble();
            case F32 -> buffer.getFloat();
            case F16 -> half(buffer.getShort());
            case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
          };
    }
    return values;
  }

  /** IEEE 754 binary16 by its definition: (-1)^s 2^(e-15) (1 + m/1024), or subnormal. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 31;
    int mantissa = bits & 1023;
    double magnitude =
        exponent == 0 ? Math.scalb(mantissa, -24) : Math.scalb(1024 + mantissa, exponent - 25);
    return (float) (bits < 0 ? -magnitude : magnitude);
  }
}
