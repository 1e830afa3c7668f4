package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jsearch.document.Document;
import jsearch.document.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyTest {
  /** A family of one scalar {@code a} in [-2, 3], whose only rule has this expression. */
  private static Family family(String expression) {
    return read("a: {range: [-2, 3], centre: 0.5}", "[{filter: '*', value: \"%s\"}]", expression);
  }

  private static Family read(String scalars, String t, Object... arguments) {
    return Family.read(
        Document.yaml(
            "mine.yaml",
            "family: mine\nscalars: {%s}\nt: %s\n".formatted(scalars, t.formatted(arguments))));
  }

  /** t of the only rule where a = -2 + 5u. */
  private static List<Double> t(String expression, double unit, int layers) {
    return family(expression).schedule(List.of(unit), layers).rules().get(0).t();
  }

  @Test
  void thePointsEndsAreTheRangesEnds() {
    Family family =
        read(
            "a: {range: [0.1, 0.7], centre: 0.7}, b: {range: [-3, 9], centre: 0}",
            "[{filter: '*', value: a}]");
    assertEquals(List.of(0.1, -3.0), family.values(List.of(0.0, 0.0)));
    assertEquals(List.of(0.7, 9.0), family.values(List.of(1.0, 1.0)));
    List<Double> between = family.values(List.of(0.5, 0.25));
    assertEquals(0.4, between.get(0), 1e-15);
    assertEquals(0.0, between.get(1));
  }

  @Test
  void theCentreIsAPointOfTheUnitCube() {
    Family family =
        read(
            "a: {range: [0, 4], centre: 1}, b: {range: [-1, 1], centre: 0}",
            "[{filter: '*', value: a}]");
    assertEquals(List.of(0.25, 0.5), family.centre());
    assertEquals(List.of(1.0, 0.0), family.values(family.centre()));
  }

  @Test
  void scalarsKeepTheFilesOrder() {
    Family family =
        read(
            "z: {range: [0, 1], centre: 1}, y: {range: [0, 1], centre: 0}",
            "[{filter: '*', value: z}]");
    assertEquals("mine", family.name());
    assertEquals(List.of(new Scalar("z", 0, 1, 1), new Scalar("y", 0, 1, 0)), family.scalars());
  }

  @Test
  void depthRunsFromZeroToOne() {
    assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), t("depth", 0, 5));
    assertEquals(List.of(0.0, 1.0 / 3, 2.0 / 3, 1.0), t("depth", 0, 4));
  }

  @Test
  void theLayerOfAOneLayerCheckpointHasDepthOne() {
    assertEquals(List.of(1.0), t("depth", 0, 1));
  }

  @Test
  void resultsAreClampedToTheParents() {
    // a = 3 gives -1.5, -0.5, ... and a = -2 gives 2 - 5 depth.
    assertEquals(List.of(0.0, 0.0, 0.5, 1.0), t("a * depth - 1.5", 1, 4));
    assertEquals(List.of(1.0, 0.75, 0.0, 0.0, 0.0), t("2 - 5 * depth", 0, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "min(0.25 0.5), 0.25",
    "max(0.25 0.5), 0.5",
    "abs(0 - 0.75), 0.75",
    "sqrt(0.25), 0.5",
    "if(depth > 0.5 1 0.125), 1",
    "sin(pi / 2) / 4, 0.25",
    "cos(0) / 8, 0.125",
    "1 + -0.5^2, 0.75",
    "0.25, 0.25",
  })
  void expressionsKnowAFewFunctions(String expression, double expected) {
    // A blank stands for the comma between arguments, which CsvSource takes for its own.
    String text = expression.replaceAll("(?<=[\\d.]) (?=\\d)", ", ");
    assertEquals(List.of(expected), t(text, 0.5, 1));
  }

  @Test
  void aPlainNumberIsAnExpression() {
    Family family = read("a: {range: [0, 1], centre: 0}", "[{filter: '*', value: 0.3}]");
    assertEquals(0.3, family.schedule(List.of(0.9), 2).t(Tensors.HEAD));
  }

  @Test
  void aFamilyMayHaveAnyNumberOfScalars() {
    String scalars =
        IntStream.range(0, 9)
            .mapToObj("s%d: {range: [0, 1], centre: 0.5}"::formatted)
            .reduce("%s, %s"::formatted)
            .orElseThrow();
    Family family = read(scalars, "[{filter: mlp, value: s8}, {filter: '*', value: s0}]");
    List<Double> point = List.of(0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.9);
    assertEquals(0.9, family.schedule(point, 2).t(Tensors.mlp(1)));
    assertEquals(0.1, family.schedule(point, 2).t(Tensors.norm(1)));
  }

  @Test
  void aRippledFamilyNeedsNoCode() {
    Family wave =
        read(
            "height: {range: [0, 0.5], centre: 0}, waves: {range: [0, 4], centre: 1}",
            "[{filter: '*', value: '0.5 + height * sin(2 * pi * waves * depth)'}]");
    // height 0.25, one wave: the sine at quarters is 0, 1, 0, -1, 0.
    List<Double> t = wave.schedule(List.of(0.5, 0.25), 5).rules().get(0).t();
    List<Double> expected = List.of(0.5, 0.75, 0.5, 0.25, 0.5);
    for (int layer = 0; layer < 5; layer++) {
      assertEquals(expected.get(layer), t.get(layer), 1e-15);
    }
  }

  @Test
  void anUnknownVariableIsToldWithTheKnownOnes() {
    InputException e = assertThrows(InputException.class, () -> family("a + b * depth"));
    assertEquals(
        "mine.yaml: t[0].value is \"a + b * depth\","
            + " expected an expression of [a, depth]; b is unknown.",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a +",
        "a b",
        "(a",
        "2a",
        "foo(a)",
        "a[0]",
        "random()",
        "dt_now()",
        "a.b",
        "",
        "a $ 1",
        "'text'"
      })
  void whatIsNoExpressionIsRefused(String expression) {
    InputException e = assertThrows(InputException.class, () -> family(expression));
    assertTrue(e.getMessage().startsWith("mine.yaml: t[0].value is \""), e.getMessage());
    assertTrue(e.getMessage().contains("expected an expression of [a, depth]"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / 0",
        "1 / (depth - 1)",
        "sqrt(0 - 1)",
        "10^400",
        "(0 - 1)^0.5",
        "a > 0",
        "2^9999999999"
      })
  void whatIsNoFiniteNumberIsRefused(String expression) {
    InputException e = assertThrows(InputException.class, () -> family(expression));
    assertTrue(e.getMessage().startsWith("mine.yaml: t[0].value is \""), e.getMessage());
    assertTrue(e.getMessage().contains("expected a finite number at a=0.5 depth="), e.getMessage());
  }

  @Test
  void aPointWithoutAFiniteScheduleIsToldByItsScalars() {
    Family family = family("1 / (a + 2)");
    InputException e = assertThrows(InputException.class, () -> family.schedule(List.of(0.0), 2));
    assertTrue(e.getMessage().contains("at a=-2.0 depth=0.0"), e.getMessage());
  }

  @Test
  void pointsOutsideTheUnitCubeAreABug() {
    Family family = family("a");
    for (List<Double> point :
        List.of(List.of(1.1), List.of(-0.1), List.of(Double.NaN), List.of(0.5, 0.5))) {
      assertThrows(IllegalArgumentException.class, () -> family.values(point));
      assertThrows(IllegalArgumentException.class, () -> family.schedule(point, 2));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: {range: [1, 0], centre: 0} | scalars.a.range is [1,0], expected [low, high]",
        "a: {range: [1, 1], centre: 1} | scalars.a.range is [1,1], expected [low, high]",
        "a: {range: [1], centre: 1} | scalars.a.range is [1], expected [low, high]",
        "a: {range: [0, 1], centre: 2} | scalars.a.centre is 2, expected a number from 0.0 to 1.0",
        "a: {range: [0, 1]} | scalars.a.centre is missing",
        "a: {range: [0, 1], centre: 0, step: 1} | scalars.a.step is not supported here",
        "a: 3 | scalars.a is 3, expected a mapping",
        "depth: {range: [0, 1], centre: 0} | found \"depth\"",
        "pi: {range: [0, 1], centre: 0} | found \"pi\"",
        "A: {range: [0, 1], centre: 0} | found \"A\"",
        "'' | scalars is {}, expected at least one scalar",
      })
  void aMalformedScalarIsToldByPlaceAndValue(String scalars, String message) {
    InputException e =
        assertThrows(InputException.class, () -> read(scalars, "[{filter: '*', value: 0.5}]"));
    assertTrue(e.getMessage().startsWith("mine.yaml: scalars"), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{filter: mlp, value: a}] | t[0].filter is \"mlp\", expected \"*\" in the last rule",
        "[{filter: '*', value: a}, {filter: '*', value: a}] | t[0].filter is \"*\", expected a part",
        "[{value: a}] | t[0].filter is missing",
        "[{filter: '*'}] | t[0].value is missing",
        "[{filter: '*', value: [a]}] | t[0].value is [\"a\"], expected a string",
        "[{filter: '*', value: a, note: x}] | t[0].note is not supported here",
        "[] | t is [], expected a list of {filter, value} that ends with filter \"*\"",
        "a | t is \"a\", expected a list",
      })
  void aMalformedRuleIsToldByPlaceAndValue(String t, String message) {
    InputException e =
        assertThrows(InputException.class, () -> read("a: {range: [0, 1], centre: 0}", t));
    assertTrue(e.getMessage().startsWith("mine.yaml: t"), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void anUnknownKeyIsRefused() {
    Document document = Document.yaml("mine.yaml", "family: x\nscalars: {}\nt: []\nseed: 1\n");
    InputException e = assertThrows(InputException.class, () -> Family.read(document));
    assertTrue(e.getMessage().contains("seed is not supported here"), e.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = Path.of("search-spaces/no-such-family.yaml");
    InputException e = assertThrows(InputException.class, () -> Family.load(file));
    assertTrue(e.getMessage().contains("no-such-family.yaml"), e.getMessage());
  }
}
