package jsearch.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jsearch.checkpoint.Checkpoint;
import jsearch.checkpoint.DType;
import jsearch.checkpoint.SafetensorsWriter;
import jsearch.checkpoint.TensorName;
import jsearch.checkpoint.TinyCheckpoint;
import jsearch.document.InputException;
import jsearch.document.Writer;
import jsearch.schedule.MergeRecipe;
import org.junit.jupiter.api.io.TempDir;

/** Recipes over tiny checkpoints, each named by its directory, and what their plans are made of. */
abstract class PlanFixture {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String HEAD = "lm_head.weight";
  static final String NORM = "model.norm.weight";

  private final Map<String, TinyCheckpoint> checkpoints = new LinkedHashMap<>();

  @TempDir Path directory;

  String withBias;

  /** Replaces the weights by zeros with one tensor more. */
  private void addBias(Path place) throws IOException {
    Map<String, List<Long>> shapes = new LinkedHashMap<>(checkpoints.get(withBias).shapes());
    shapes.put("model.layers.1.self_attn.q_proj.bias", List.of(16L));
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    shapes.forEach(
        (name, shape) ->
            entries.add(new SafetensorsWriter.Entry(new TensorName(name), DType.F16, shape)));
    Path file = place.resolve("model.safetensors");
    try (SafetensorsWriter writer = new SafetensorsWriter(file, entries)) {
      for (int i = 0; i < entries.size(); i++) {
        writer.write(i, 0, ByteBuffer.allocate((int) entries.get(i).bytes()));
      }
      writer.finish();
    }
  }

  TinyCheckpoint add(String name) {
    TinyCheckpoint added = new TinyCheckpoint().layers(2);
    checkpoints.put(name, added);
    return added;
  }

  MergePlan plan(String yaml) {
    try {
      Path file = directory.resolve("recipe.yaml");
      Writer.replace(file, yaml);
      Map<String, Checkpoint> parents = new LinkedHashMap<>();
      MergeRecipe recipe = MergeRecipe.load(file);
      for (String model : recipe.models()) {
        Path place = checkpoints.get(model).write(directory.resolve(model));
        if (model.equals(withBias)) {
          addBias(place);
        }
        parents.put(model, Checkpoint.open(place));
      }
      return MergePlan.of(recipe, parents);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void assertRefused(String expected, String yaml) {
    InputException e = assertThrows(InputException.class, () -> plan(yaml));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  static Blend blend(MergePlan plan, String name) {
    return plan.blend(name).orElseThrow();
  }

  static String up(int layer) {
    return "model.layers.%d.mlp.up_proj.weight".formatted(layer);
  }

  /** Such as "a:model.norm.weight + b:model.norm.weight". */
  static String inputs(Blend blend) {
    return blend.inputs().stream()
        .map(input -> input.spans().get(0).tensor().orElseThrow())
        .map(t -> "%s:%s".formatted(t.file().getParent().getFileName(), t.name().text()))
        .collect(Collectors.joining(" + "));
  }

  static void assertSum(MergePlan plan, String name, String inputs, Double... weights) {
    assertEquals(inputs, inputs(blend(plan, name)));
    Mix.Sum sum = (Mix.Sum) blend(plan, name).mix();
    double divisor = sum.normalized() ? sum.weights().stream().mapToDouble(w -> w).sum() : 1;
    assertEquals(List.of(weights), sum.weights().stream().map(w -> w / divisor).toList(), name);
  }
}
