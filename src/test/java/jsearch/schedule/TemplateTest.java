package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jsearch.checkpoint.TensorName;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {
  /** Made by mergekit 0.1.4; see mergekit-t.py beside it. */
  private static final Document MERGEKIT =
      Document.json(Path.of("src/test/resources/jsearch/schedule/mergekit-t.json"));

  private static Template read(String t) {
    return Template.read(Document.yaml("recipe.yaml", "t: " + t).at("t"));
  }

  static Stream<Baseline> baselines() {
    return Baselines.load(Path.of("search-spaces/baselines.yaml")).stream();
  }

  @ParameterizedTest
  @MethodSource("baselines")
  void everyBaselineBlendsAsMergekitPlansIt(Baseline baseline) {
    for (int layers : List.of(1, 2, 6, 8)) {
      Map<String, Document> planned = MERGEKIT.at(baseline.name() + " " + layers).entries();
      assertEquals(3 + 3 * layers, planned.size());
      Schedule schedule = baseline.schedule(layers);
      planned.forEach(
          (tensor, t) ->
              assertEquals(t.number(), schedule.t(new TensorName(tensor)), 1e-15, tensor));
    }
  }

  @Test
  void ourRecipeBlendsInMergekitAsItDoesHere() {
    Document recipe = Document.yaml(Path.of("src/test/resources/jsearch/schedule/recipe.yaml"));
    Schedule schedule = Template.read(recipe.at("parameters").at("t")).schedule(6);
    Map<String, Document> planned = MERGEKIT.at("recipe 6").entries();
    assertEquals(3 + 3 * 6, planned.size());
    planned.forEach(
        (tensor, t) -> assertEquals(t.number(), schedule.t(new TensorName(tensor)), 1e-15, tensor));
  }

  @Test
  void anchorsAreEvenlySpacedAndJoinedByLines() {
    // Depths 0, 1/3, 2/3, 1 on anchors at depths 0, 1/2, 1.
    Schedule schedule = read("[0, 0.6, 0.3]").schedule(4);
    List<Double> t = schedule.rules().get(0).t();
    assertEquals(0.0, t.get(0));
    assertEquals(0.4, t.get(1), 1e-15);
    assertEquals(0.5, t.get(2), 1e-15);
    assertEquals(0.3, t.get(3));
  }

  @Test
  void oneValueALayerIsReadBitForBit() {
    List<Double> t = List.of(0.1, 0.7, 1.0 / 3, 0.0, 1.0, 0.123456789, 0.3);
    assertEquals(t, read(t.toString()).schedule(7).rules().get(0).t());
  }

  @Test
  void aSingleLayerTakesTheLastValue() {
    assertEquals(0.8, read("[0.2, 0.5, 0.8]").schedule(1).t(Tensors.mlp(0)));
  }

  @Test
  void aListOfOneIsANumber() {
    assertEquals(read("0.4").schedule(3), read("[0.4]").schedule(3));
  }

  @Test
  void aMissingFilterFitsEverything() {
    Schedule schedule = read("[{filter: mlp, value: 1}, {value: 0.25}]").schedule(2);
    assertEquals(1.0, schedule.t(Tensors.mlp(1)));
    assertEquals(0.25, schedule.t(Tensors.attention(1)));
  }

  @Test
  void aRuleAloneNeedsNoList() {
    Schedule schedule = read("{filter: '*', value: 0.75}").schedule(2);
    assertEquals(0.75, schedule.t(Tensors.attention(1)));
  }

  @Test
  void onlyOneValueForAllTensorsIsGlobal() {
    assertTrue(read("0.5").global());
    assertTrue(read("[0.5, 0.5]").global());
    assertFalse(read("[0.5, 0.6]").global());
    assertFalse(read("[{filter: mlp, value: 1}, {value: 0.25}]").global());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | t is 1.5, expected a number from 0 (base) to 1 (donor)",
        "[0, -0.1] | t[1] is -0.1, expected a number from 0 (base) to 1 (donor)",
        "half | t is \"half\", expected a number",
        "[] | t is [], expected a number, a list of numbers or a list of {filter, value}",
        "[0, half] | t[1] is \"half\", expected a number",
        "[{filter: mlp}] | t[0].value is missing",
        "[{filter: 3, value: 1}] | t[0].filter is 3, expected a string",
        "[{filtre: mlp, value: 1}] | t[0].filtre is not supported here",
        "[{value: 1}, 0.5] | t[1] is 0.5, expected a mapping",
      })
  void whatIsNotAScheduleIsToldByPlaceAndValue(String t, String message) {
    InputException e = assertThrows(InputException.class, () -> read(t));
    assertTrue(e.getMessage().startsWith("recipe.yaml: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
