package jsearch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.document.InputException;
import jsearch.plan.Parents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each broken directory is told in one message: the file, the value found, the value expected. */
class BrokenCheckpointTest {
  private static final String INDEX = "model.safetensors.index.json";
  private static final String SHARD_1 = "model-00001-of-00002.safetensors";
  private static final String SHARD_2 = "model-00002-of-00002.safetensors";

  @TempDir Path temp;

  @Test
  void aMissingDirectory() {
    assertRefused(temp.resolve("none"), temp.resolve("none") + " does not exist, expected the dir");
  }

  @Test
  void aFileInPlaceOfADirectory() throws IOException {
    Path file = Files.writeString(temp.resolve("model.safetensors"), "x");
    assertRefused(file, file + " is a file, expected the directory");
  }

  @Test
  void aMissingConfig() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Files.delete(directory.resolve("config.json"));
    assertRefused(directory, directory.resolve("config.json") + " does not exist");
  }

  @Test
  void aConfigWithoutNumberOfLayers() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Raw.edit(directory.resolve("config.json"), "num_hidden_layers", "n_layer");
    assertRefused(directory, "config.json: num_hidden_layers is missing");
  }

  @Test
  void aTensorOfALayerThatTheConfigDoesNotCount() {
    Path directory = new TinyCheckpoint().layers(3).config("num_hidden_layers", 2).write(temp);
    assertRefused(directory, "model.layers.2.", "is in layer 2, expected a layer below 2");
  }

  @ParameterizedTest
  @CsvSource({
    "pytorch_model.bin, save_pretrained writes safetensors",
    "consolidated.00.pth, save_pretrained writes safetensors",
    "weights.pt, save_pretrained writes safetensors",
    "llama-q4.gguf, original checkpoint",
    "adapter_model.safetensors, merge_and_unload",
    "model-00001-of-00002.safetensors, the index is missing",
    "readme.txt, expected model.safetensors or model.safetensors.index.json"
  })
  void weightsInAnotherForm(String file, String advice) throws IOException {
    Path directory = Files.createDirectory(temp.resolve("model"));
    Files.writeString(directory.resolve(file), "x");
    assertRefused(directory, directory + " holds no weights", "found [" + file + "]", advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "model.safetensors.index.json"
      })
  void aGitLfsPointer(String file) throws IOException {
    Path directory = new TinyCheckpoint().shards(file.equals(INDEX) ? 2 : 1).write(temp);
    Files.writeString(
        directory.resolve(file),
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 16060556376\n");
    assertRefused(
        directory, directory.resolve(file) + " is a Git LFS pointer", "Maybe run \"git lfs pull\"");
  }

  @Test
  void aQuantisedConfig() {
    Path directory =
        new TinyCheckpoint()
            .config("quantization_config", Map.of("quant_method", "gptq"))
            .write(temp);
    assertRefused(
        directory, "config.json: quantization_config", "(gptq)", "Maybe use the unquantised");
  }

  @Test
  void aMissingShard() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Files.delete(directory.resolve(SHARD_2));
    assertRefused(directory, directory.resolve(SHARD_2) + " does not exist, but " + INDEX);
  }

  @Test
  void anIndexOfOlderShardsIsReadWithAWarningWhereAllItListsIsThere() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Checkpoint whole = Checkpoint.open(directory);
    String fingerprint = whole.fingerprint();
    Files.move(directory.resolve(SHARD_1), directory.resolve("part-1.safetensors"));
    Files.move(directory.resolve(SHARD_2), directory.resolve("part-2.safetensors"));
    Checkpoint stale = Checkpoint.open(directory);
    assertEquals(whole.tensors().keySet(), stale.tensors().keySet());
    assertEquals(fingerprint, stale.fingerprint());
    assertEquals(List.of(), whole.warnings());
    assertEquals(
        List.of(
            "%s names shards that are absent; all its tensors were found in part-1.safetensors, part-2.safetensors."
                .formatted(directory.resolve(INDEX))),
        stale.warnings());
  }

  @Test
  void anIndexOfThreeShardsBesideTwoThatHoldAll() throws IOException {
    Path directory = new TinyCheckpoint().shards(3).write(temp.resolve("three"));
    Path two = new TinyCheckpoint().shards(2).write(temp.resolve("two"));
    for (int i = 1; i <= 3; i++) {
      Files.delete(directory.resolve("model-0000%d-of-00003.safetensors".formatted(i)));
    }
    Files.copy(two.resolve(SHARD_1), directory.resolve(SHARD_1));
    assertRefused(
        directory, "model-00001-of-00003.safetensors does not exist, but " + INDEX + " names it");
    Files.copy(two.resolve(SHARD_2), directory.resolve(SHARD_2));
    assertEquals(Checkpoint.open(two).fingerprint(), Checkpoint.open(directory).fingerprint());
    assertEquals(1, Parents.of(Checkpoint.open(two), Checkpoint.open(directory)).warnings().size());
  }

  @Test
  void twoFilesThatHoldOneTensorAreNeverChosenFrom() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Files.copy(directory.resolve(SHARD_1), directory.resolve("copy.safetensors"));
    Files.move(directory.resolve(SHARD_2), directory.resolve("part-2.safetensors"));
    assertRefused(
        directory,
        " stands in %s and in %s, and %s names another that is absent."
            .formatted(directory.resolve("copy.safetensors"), directory.resolve(SHARD_1), INDEX));
  }

  @Test
  void aFileOfOtherTensorsDoesNotStandInForAShard() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Path other = new TinyCheckpoint().layers(3).write(temp.resolve("other"));
    Files.delete(directory.resolve(SHARD_2));
    Files.copy(other.resolve("model.safetensors"), directory.resolve("other.safetensors"));
    assertRefused(directory, directory.resolve(SHARD_2) + " does not exist, but " + INDEX);
  }

  @Test
  void anUnfinishedSnapshotOfTheHubsCacheSaysHowToFetchTheRest() throws IOException {
    String commit = "0123456789abcdef0123456789abcdef01234567";
    Path directory =
        new TinyCheckpoint()
            .shards(2)
            .write(temp.resolve("models--org--tiny/snapshots").resolve(commit));
    Path shard = directory.resolve(SHARD_2);
    Files.delete(shard);
    Files.createSymbolicLink(shard, Path.of("../../blobs/gone"));
    String advice =
        "Maybe its download stopped early; org/tiny@%s in the directory's place fetches the rest."
            .formatted(commit);
    assertRefused(
        directory, "%s does not exist, but %s names it.\n%s".formatted(shard, INDEX, advice));
    Files.delete(directory.resolve(INDEX));
    Files.delete(directory.resolve(SHARD_1));
    Files.delete(shard);
    assertRefused(directory, "\n" + advice);
    Files.createSymbolicLink(directory.resolve("model.safetensors"), Path.of("gone"));
    assertRefused(directory, "model.safetensors does not exist.\n" + advice);
  }

  @Test
  void aVisionLanguageModelWithoutLayersAtTheTopIsNamedAsOne() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Files.writeString(
        directory.resolve("config.json"),
        "{\"model_type\": \"gemma3\", \"vision_config\": {\"a\": 1},"
            + " \"text_config\": {\"model_type\": \"gemma3_text\"}}");
    assertRefused(
        directory,
        """
        num_hidden_layers is missing; found [model_type, vision_config, text_config].
        It describes a vision-language model.
        Maybe write its text part (model_type gemma3_text) as a checkpoint of its own, and use that.""");
  }

  @Test
  void aDanglingLink() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Path file = directory.resolve("model.safetensors");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("gone"));
    assertRefused(directory, file + " does not exist");
  }

  @Test
  void aTruncatedShardNamesTheTensorItsEndAndTheSize() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Path shard = directory.resolve(SHARD_2);
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(
        directory,
        "Tensor lm_head.weight ends at byte %d, but %s has %d bytes."
            .formatted(bytes.length, shard, bytes.length - 1),
        "Maybe the download stopped early");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void aFileTooShortForAHeaderLength(int size) throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Files.write(directory.resolve("model.safetensors"), new byte[size]);
    assertRefused(directory, "has %d bytes, expected a safetensors file".formatted(size));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "100000001, 100000001",
    "9223372036854775807, 9223372036854775807",
    "-1, 18446744073709551615"
  })
  void aHeaderLongerThanTheFile(long length, String shown) throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Raw.safetensors(directory.resolve("model.safetensors"), length, new byte[] {'{', '}'}, 0);
    assertRefused(
        directory,
        "says that its header has %s bytes, expected at most 2 (the file has 10)".formatted(shown));
  }

  @Test
  void aHeaderLongerThanAnyHonestOne() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Path file = directory.resolve("model.safetensors");
    Raw.safetensors(file, 100_000_001, new byte[] {'{', '}'}, 0);
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(200_000_000);
    }
    assertRefused(directory, "has 100000001 bytes, expected at most 100000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index names the parent directory | ../x.safetensors",
        "index names an absolute path | /tmp/x.safetensors",
        "index names a subdirectory | sub/x.safetensors",
        "index names a Windows path | ..\\x.safetensors",
        "index names another kind of file | pytorch_model.bin",
        "index names the directory | .",
        "index names nothing | ''",
        "index names a file with a NUL | \\u0000.safetensors"
      })
  void aShardOutsideTheDirectory(String what, String name) throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp.resolve("model"));
    Files.copy(directory.resolve(SHARD_1), temp.resolve("x.safetensors"));
    String json = name.startsWith("\\u") ? name : name.replace("\\", "\\\\");
    Raw.edit(directory.resolve(INDEX), SHARD_1, json);
    assertRefused(
        directory,
        INDEX + ": weight_map.model.embed_tokens.weight is \"" + json,
        "expected the plain name of a .safetensors file");
  }

  @Test
  void anIndexThatListsATensorItsShardLacks() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Raw.edit(
        directory.resolve(INDEX),
        "\"weight_map\" : {",
        "\"weight_map\" : {\"x\":\"" + SHARD_1 + "\",");
    assertRefused(directory, "Tensor x is missing from " + directory.resolve(SHARD_1), INDEX);
  }

  @Test
  void aShardWithATensorThatTheIndexDoesNotList() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Raw.edit(directory.resolve(INDEX), "lm_head.weight", "x");
    assertRefused(directory, "Tensor lm_head.weight stands in", SHARD_2, "gives no shard for it");
  }

  @Test
  void aTensorInTwoShards() throws IOException {
    Path directory = new TinyCheckpoint().shards(2).write(temp);
    Files.copy(
        directory.resolve(SHARD_1),
        directory.resolve(SHARD_2),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused(directory, "stands in " + directory.resolve(SHARD_2), "gives " + SHARD_1);
  }

  static Stream<Arguments> headers() {
    String big = "9".repeat(30);
    return Stream.of(
        broken("", "(header) is empty, expected JSON"),
        broken("PK pickle", "(header), line 1 is not valid JSON"),
        broken("{} {}", "(header), line 1 is not valid JSON"),
        broken("[1]", "(header) is [1], expected a mapping"),
        broken("{}", "holds no tensors"),
        broken("{'__metadata__':{'format':'pt'}}", "holds no tensors"),
        broken("{'a':3}", "a is 3, expected a mapping"),
        broken("{'a':{'dtype':'F32','shape':[1]}}", "a.data_offsets is missing"),
        broken("{'a':{},'a':{}}", "(header), line 1 is not valid JSON", "Duplicate field 'a'"),
        broken(tensor("Q4_K", "[1]", "[0,4]"), "is Q4_K, expected one of [F64, F32, F16, BF16]"),
        broken(tensor("I64", "[1]", "[0,8]"), "Tensor a of", "is I64, expected one of"),
        broken(tensor("U8", "[4]", "[0,4]"), "is U8,", "Maybe use the unquantised"),
        broken(tensor("I8", "[4]", "[0,4]"), "is I8,", "Maybe use the unquantised"),
        broken(tensor("F8_E4M3", "[4]", "[0,4]"), "is F8_E4M3,", "Maybe use the unquantised"),
        broken(tensor("F32", "[-1]", "[0,4]"), "a.shape[0] is -1, expected a whole number"),
        broken(tensor("F32", "[1.0]", "[0,4]"), "a.shape[0] is 1.0, expected a whole number"),
        broken(tensor("F32", "[" + big + "]", "[0,4]"), "a.shape[0] is 9999"),
        broken(tensor("F32", "[4294967296,4294967296]", "[0,4]"), "needs more than 2^63"),
        broken(tensor("F32", "[2]", "[0,4]"), "has 4 bytes", "shape [2] of F32 needs 8"),
        broken(tensor("F32", "[1]", "[-4,0]"), "a.data_offsets[0] is -4, expected a whole"),
        broken(tensor("F32", "[1]", "[4,0]"), "is [4,0], expected [begin, end] with begin <= end"),
        broken(tensor("F32", "[1]", "[0,4,8]"), "is [0,4,8], expected [begin, end]"),
        broken(tensor("F32", "[1]", "[0," + big + "]"), "a.data_offsets[1] is 9999"),
        broken(tensor("F32", "[1]", "[64,68]"), "Tensor a ends at byte 132, but", "has 128 bytes"),
        broken(tensor("BF16", "[1]", "[1,3]"), "Tensor a begins at byte 65", "a multiple of 2"),
        broken(
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                + "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}",
            "Tensor b of",
            "inside tensor a"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aBrokenHeader(String header, List<String> parts) throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Path file = directory.resolve("model.safetensors");
    Raw.safetensors(file, header + " ".repeat((8 - header.length() % 8) % 8), 64);
    assertRefused(directory, parts.toArray(String[]::new));
  }

  @Test
  void aHeaderThatIsNotUtf8() throws IOException {
    Path directory = new TinyCheckpoint().write(temp);
    Path file = directory.resolve("model.safetensors");
    Raw.safetensors(file, 4, new byte[] {(byte) 0x80, 2, (byte) 0xff, '}'}, 8);
    assertRefused(directory, file + " (header) is not UTF-8 text");
  }

  @Test
  void aTensorAskedForThatIsNotThere() {
    Checkpoint checkpoint = Checkpoint.open(new TinyCheckpoint().write(temp));
    InputException e =
        assertThrows(InputException.class, () -> checkpoint.tensor("model.norm.bias"));
    assertTrue(e.getMessage().startsWith("Tensor model.norm.bias is missing from " + temp));
  }

  /** A header of one tensor a; headers here have ' for ". */
  private static String tensor(String dtype, String shape, String offsets) {
    return "{'a':{'dtype':'%s','shape':%s,'data_offsets':%s}}".formatted(dtype, shape, offsets);
  }

  private static Arguments broken(String header, String... parts) {
    return Arguments.of(header.replace('\'', '"'), List.of(parts));
  }

  private static void assertRefused(Path directory, String... parts) {
    String message =
        assertThrows(InputException.class, () -> Checkpoint.open(directory)).getMessage();
    assertAll(
        Arrays.stream(parts)
            .map(part -> () -> assertTrue(message.contains(part), part + "\nnot in: " + message)));
  }
}
