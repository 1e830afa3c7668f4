package jsearch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import jsearch.checkpoint.TensorName;
import jsearch.document.InputException;
import jsearch.schedule.Schedule.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @Test
  void theFirstFilterThatFitsDecides() {
    Schedule schedule =
        new Schedule(
            2,
            List.of(
                new Rule("q_proj", List.of(0.1, 0.2)),
                new Rule("self_attn", List.of(0.3, 0.4)),
                new Rule("*", List.of(0.5, 0.6))));
    assertEquals(0.2, schedule.t(Tensors.attention(1)));
    assertEquals(0.4, schedule.t(new TensorName("model.layers.1.self_attn.k_proj.weight")));
    assertEquals(0.6, schedule.t(Tensors.mlp(1)));
  }

  @Test
  void aFilterAfterOneThatFitsEverythingIsNeverReached() {
    Schedule schedule =
        new Schedule(1, List.of(new Rule("*", List.of(0.5)), new Rule("mlp", List.of(1.0))));
    assertEquals(0.5, schedule.t(Tensors.mlp(0)));
  }

  @Test
  void filtersAreCaseSensitive() {
    Schedule schedule =
        new Schedule(1, List.of(new Rule("MLP", List.of(1.0)), new Rule("*", List.of(0.0))));
    assertEquals(0.0, schedule.t(Tensors.mlp(0)));
  }

  @Test
  void tensorsOutsideLayersTakeTheFirstValue() {
    Schedule schedule = new Schedule(3, List.of(new Rule("*", List.of(0.1, 0.2, 0.3))));
    assertEquals(0.1, schedule.t(Tensors.EMBEDDING));
    assertEquals(0.1, schedule.t(Tensors.FINAL_NORM));
    assertEquals(0.1, schedule.t(Tensors.HEAD));
    assertEquals(0.3, schedule.t(Tensors.norm(2)));
  }

  @Test
  void aTensorThatNoFilterFitsIsNamed() {
    Schedule schedule = new Schedule(1, List.of(new Rule("mlp", List.of(0.5))));
    InputException e = assertThrows(InputException.class, () -> schedule.t(Tensors.HEAD));
    assertTrue(e.getMessage().contains("lm_head.weight"), e.getMessage());
  }

  @Test
  void aLayerBeyondTheScheduleIsNamed() {
    Schedule schedule = Schedule.global(2, 0.5);
    InputException e = assertThrows(InputException.class, () -> schedule.t(Tensors.mlp(2)));
    assertTrue(e.getMessage().contains("model.layers.2.mlp.down_proj.weight"), e.getMessage());
    assertTrue(e.getMessage().contains("below 2"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.000001, Double.NaN, Double.POSITIVE_INFINITY})
  void aBlendOutsideTheParentsIsRefused(double t) {
    assertThrows(IllegalArgumentException.class, () -> Schedule.global(1, t));
  }

  @Test
  void everyRuleHasOneValueALayer() {
    List<Rule> rules = List.of(new Rule("*", List.of(0.5, 0.5)));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(3, rules));
    assertThrows(IllegalArgumentException.class, () -> new Schedule(0, List.of()));
  }
}
