package jsearch.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.document.Writer;

/** Changes the tokens of a {@link TinyCheckpoint} on disk. */
public final class OtherTokens {
  /** The special tokens come first, and post-processors name their ids. */
  private static final int SPECIAL = 3;

  private OtherTokens() {}

  /** Gives all but the special tokens other ids, and moves their rows: the same model. */
  public static void permute(Path directory, long seed) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Map<String, Integer> ids = new LinkedHashMap<>();
    Document vocab = Document.json(file).at("model").at("vocab");
    vocab.entries().forEach((token, id) -> ids.put(token, id.integer(0, 1 << 20)));
    List<Integer> moved = new ArrayList<>(IntStream.range(SPECIAL, ids.size()).boxed().toList());
    Collections.shuffle(moved, new Random(seed));
    ids.replaceAll((token, id) -> id < SPECIAL ? id : moved.get(id - SPECIAL));
    String text = Files.readString(file);
    int start = text.indexOf("\"vocab\": {") + "\"vocab\": ".length();
    int end = text.indexOf('}', text.lastIndexOf("\":" + (ids.size() - 1))) + 1;
    Files.writeString(file, text.substring(0, start) + Writer.jsonLine(ids) + text.substring(end));
    for (String name : List.of("model.embed_tokens.weight", "lm_head.weight")) {
      TensorInfo tensor = Checkpoint.open(directory).tensors().get(name);
      if (tensor != null) {
        moveRows(tensor, moved);
      }
    }
  }

  private static void moveRows(TensorInfo tensor, List<Integer> moved) throws IOException {
    int row = (int) (tensor.bytes() / tensor.shape().get(0));
    try (FileChannel channel =
        FileChannel.open(tensor.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer rows = ByteBuffer.allocate((int) tensor.bytes());
      channel.read(rows, tensor.offset());
      for (int i = 0; i < moved.size(); i++) {
        ByteBuffer one = rows.slice((SPECIAL + i) * row, row);
        channel.write(one, tensor.offset() + (long) moved.get(i) * row);
      }
    }
  }

  /** Adds a special token; its row is there already. */
  public static void add(Path directory, String token, int id) throws IOException {
    Path file = directory.resolve("tokenizer.json");
    List<Object> added = new ArrayList<>();
    Document.json(file).at("added_tokens").items().forEach(one -> added.add(plain(one)));
    // The library numbers an added token behind those of the model.
    Map<String, Object> entry =
        new LinkedHashMap<>(plain(Document.json(file).at("added_tokens").items().get(0)));
    entry.put("id", id);
    entry.put("content", token);
    added.add(entry);
    Files.writeString(
        file, Writer.withValue(file.toString(), Files.readString(file), "added_tokens", added));
  }

  private static Map<String, Object> plain(Document entry) {
    Map<String, Object> plain = new LinkedHashMap<>();
    entry.entries().forEach((key, value) -> plain.put(key, value.value()));
    return plain;
  }
}
