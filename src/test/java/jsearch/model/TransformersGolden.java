package jsearch.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.torch.Torch;

/**
 * What transformers computed in one directory of the architectures.
 *
 * @param logits by row and position, in float32
 * @param roundedBest by row and position the likeliest token, in bfloat16
 * @param roundedLogits of the second row, in bfloat16
 * @param greedy what is written after each row
 */
record TransformersGolden(
    List<List<Integer>> rows,
    List<List<double[]>> logits,
    List<List<Integer>> roundedBest,
    List<double[]> roundedLogits,
    List<List<Integer>> greedy,
    Path weights,
    DecoderConfig config) {
  private static final Path DIRECTORY = TinyModel.resource("architectures");

  /** One an architecture, and more. */
  static Stream<Path> directories() throws IOException {
    return Files.list(DIRECTORY).sorted();
  }

  static TransformersGolden of(Path directory) {
    Document golden = Document.json(directory.resolve("golden.json"));
    return new TransformersGolden(
        lists(golden.at("rows")),
        golden.at("logits").items().stream().map(TransformersGolden::matrix).toList(),
        lists(golden.at("bf16_best")),
        matrix(golden.at("bf16_logits")),
        lists(golden.at("greedy")),
        DIRECTORY.resolve(golden.at("weights").text()),
        DecoderConfig.of(Document.json(directory.resolve("config.json"))));
  }

  /** Of tokens that each come after the position of the logits at the same place. */
  static double logLikelihood(List<Integer> tokens, List<double[]> logits) {
    double sum = 0;
    for (int i = 0; i < tokens.size(); i++) {
      double total = Arrays.stream(logits.get(i)).map(Math::exp).sum();
      sum += logits.get(i)[tokens.get(i)] - Math.log(total);
    }
    return sum;
  }

  TinyModel model(Torch torch) {
    return new TinyModel(torch, weights, config);
  }

  private static List<List<Integer>> lists(Document rows) {
    return rows.items().stream().map(TinyModel::integers).toList();
  }

  private static List<double[]> matrix(Document rows) {
    return rows.items().stream().map(TinyModel::doubles).toList();
  }
}
