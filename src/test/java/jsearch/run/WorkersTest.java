package jsearch.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import jsearch.study.Limits;
import jsearch.study.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several evaluators at work, by evaluations that are made up and end in an order of our own. */
class WorkersTest {
  @TempDir Path temp;

  /** Lets trials end in this order. */
  private static final class Script {
    private final List<Integer> order;
    private int next;

    Script(List<Integer> order) {
      this.order = order;
    }

    synchronized Result evaluate(Assignment assignment, BooleanSupplier drop) {
      try {
        while (order.get(next) != assignment.trial().number()) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      next++;
      notifyAll();
      return FakeSearch.result(assignment.trial());
    }
  }

  private static List<Evaluator> workers(int count, Evaluator one) {
    return Collections.nCopies(count, one);
  }

  private static Evaluator atOnce() {
    return (assignment, drop) -> FakeSearch.result(assignment.trial());
  }

  @ParameterizedTest
  @ValueSource(strings = {"012", "021", "102", "120", "201", "210"})
  void theOrderOfFinishingDoesNotChangeAByteOfTheJournal(String order) {
    FakeSearch reference = FakeSearch.of(temp.resolve("atonce/study"), 9, false);
    reference.run(workers(3, atOnce()), Limits.NONE);
    List<Integer> script =
        IntStream.range(0, FakeSearch.KNOWN + 9)
            .map(i -> i / 3 * 3 + order.charAt(i % 3) - '0')
            .boxed()
            .toList();
    FakeSearch search = FakeSearch.of(temp.resolve("scripted/study"), 9, false);
    Evaluator scripted = new Script(script)::evaluate;
    assertEquals(Ending.BUDGET, search.run(workers(3, scripted), Limits.NONE));
    // Trial k + 3 begins right after the end of trial k; trial 9 waits for the whole batch.
    assertEquals(
        List.of(
            "B0", "B1", "B2", "E0", "B3", "E1", "B4", "E2", "B5", "E3", "B6", "E4", "B7", "E5",
            "B8", "E6", "E7", "E8", "B9", "B10", "B11", "E9", "E10", "E11"),
        search.events());
    assertEquals(reference.journal(), search.journal());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void theTrialsAreThoseOfOneWorker(int count) {
    FakeSearch one = FakeSearch.of(temp.resolve("one"), 20, false);
    one.run(workers(1, atOnce()), Limits.NONE);
    FakeSearch several = FakeSearch.of(temp.resolve("several"), 20, false);
    several.run(workers(count, atOnce()), Limits.NONE);
    assertEquals(one.trials(), several.trials());
  }

  @Test
  void asManyTrialsAreEvaluatedAtOnceAsThereAreWorkers() {
    CountDownLatch all = new CountDownLatch(4);
    Evaluator meeting =
        (assignment, drop) -> {
          all.countDown();
          try {
            // Only if four are under way together does any of them go on.
            assertTrue(all.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return FakeSearch.result(assignment.trial());
        };
    FakeSearch search = FakeSearch.of(temp.resolve("study"), 4, false);
    assertEquals(Ending.BUDGET, search.run(workers(4, meeting), Limits.NONE));
  }

  @Test
  void cutOffAnywhereItTakesTheWayOfAnUndisturbedSearch() {
    FakeSearch whole = FakeSearch.of(temp.resolve("whole/study"), 9, false);
    whole.run(workers(3, atOnce()), Limits.NONE);
    List<String> journal = whole.journal();
    for (int lines = 1; lines <= journal.size(); lines++) {
      FakeSearch cut = whole.cut(temp.resolve(lines + "/study"), lines);
      assertEquals(Ending.BUDGET, cut.run(workers(3, atOnce()), Limits.NONE));
      if (!journal.get(lines - 1).contains("\"op_code\":8")) {
        assertEquals(journal, cut.journal(), "cut after line " + lines);
      }
    }
  }

  @Test
  void toldToStopItFinishesAndRecordsWhatRuns() {
    AtomicBoolean stop = new AtomicBoolean();
    Evaluator stopping =
        (assignment, drop) -> {
          stop.compareAndSet(false, assignment.trial().number() == 4);
          return FakeSearch.result(assignment.trial());
        };
    FakeSearch search = FakeSearch.of(temp.resolve("study"), 9, false);
    assertEquals(
        Ending.STOPPED, search.run(workers(2, stopping), Limits.NONE, stop::get, () -> false));
    List<Trial> trials = search.trials();
    assertTrue(trials.size() >= 5 && trials.size() <= 6, trials.size() + " trials");
    assertTrue(trials.stream().allMatch(Trial::finished));
  }

  /** Evaluates trials at once, but from this one on only ends when the trial is dropped. */
  private static Evaluator stuckFrom(int number, CountDownLatch stuck, AtomicInteger ended) {
    return (assignment, drop) -> {
      if (assignment.trial().number() < number) {
        return FakeSearch.result(assignment.trial());
      }
      stuck.countDown();
      while (!drop.getAsBoolean()) {
        Thread.onSpinWait();
      }
      ended.incrementAndGet();
      throw new CancellationException();
    };
  }

  @Test
  void whatIsDroppedStaysUnfinishedAndIsEvaluatedAgain() {
    CountDownLatch stuck = new CountDownLatch(2);
    AtomicInteger ended = new AtomicInteger();
    FakeSearch search = FakeSearch.of(temp.resolve("dropped/study"), 4, false);
    Ending ending =
        search.run(
            workers(2, stuckFrom(4, stuck, ended)),
            Limits.NONE,
            () -> false,
            () -> stuck.getCount() == 0);
    assertEquals(Ending.STOPPED, ending);
    assertEquals(2, ended.get());
    assertEquals(
        List.of("B0", "B1", "E0", "B2", "E1", "B3", "E2", "B4", "E3", "B5"), search.events());
    search.run(workers(2, atOnce()), Limits.NONE);
    FakeSearch undisturbed = FakeSearch.of(temp.resolve("undisturbed/study"), 4, false);
    undisturbed.run(workers(2, atOnce()), Limits.NONE);
    assertEquals(undisturbed.journal(), search.journal());
  }

  @Test
  void aFailureIsThrownOnceTheOthersHaveEnded() {
    CountDownLatch stuck = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("a bug");
    Evaluator stuckFrom = stuckFrom(5, stuck, ended);
    Evaluator failing =
        (assignment, drop) -> {
          if (assignment.trial().number() == 4) {
            try {
              assertTrue(stuck.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            throw failure;
          }
          return stuckFrom.evaluate(assignment, drop);
        };
    FakeSearch search = FakeSearch.of(temp.resolve("study"), 9, false);
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class, () -> search.run(workers(2, failing), Limits.NONE)));
    assertEquals(1, ended.get());
    assertEquals(
        List.of(true, true, true, true, false, false),
        search.trials().stream().map(Trial::finished).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void inARaceTheRivalIsTheBestOfTheTrialsThatEndBeforeAnyOrderCouldBeginThis(int count) {
    Map<Integer, Optional<Integer>> rivals = new ConcurrentSkipListMap<>();
    Evaluator better =
        (assignment, drop) -> {
          int number = assignment.trial().number();
          rivals.put(number, assignment.rival().map(Trial::number));
          return FakeSearch.result(assignment.trial(), number / 100.0, Map.of());
        };
    FakeSearch.of(temp.resolve("study"), 12, true).run(workers(count, better), Limits.NONE);
    // Each trial is better than all before it; parents, 0 and 1, are no rivals.
    Map<Integer, Optional<Integer>> expected = new TreeMap<>();
    for (int number = 0; number < FakeSearch.KNOWN + 12; number++) {
      boolean raced = number >= FakeSearch.KNOWN && number - count >= 2;
      expected.put(number, raced ? Optional.of(number - count) : Optional.empty());
    }
    assertEquals(expected, rivals);
  }

  @Test
  void tooLittleMemoryIsRememberedFromItsNoteInThisProcessAndTheNext() {
    Map<Integer, OptionalInt> limits = new ConcurrentSkipListMap<>();
    Evaluator narrow =
        (assignment, drop) -> {
          int number = assignment.trial().number();
          limits.put(number, assignment.batchTokens());
          Map<String, Object> noted =
              number == 3 || number == 5 ? Map.of(Trial.BATCH_TOKENS, 2560 / number) : Map.of();
          return FakeSearch.result(assignment.trial(), 0.5, noted);
        };
    FakeSearch search = FakeSearch.of(temp.resolve("study"), 8, false);
    AtomicInteger asked = new AtomicInteger();
    search.run(workers(2, narrow), Limits.NONE, () -> asked.incrementAndGet() > 9, () -> false);
    search.run(workers(2, narrow), Limits.NONE);
    List<OptionalInt> expected = new ArrayList<>(Collections.nCopies(5, OptionalInt.empty()));
    expected.addAll(Collections.nCopies(2, OptionalInt.of(853)));
    expected.addAll(Collections.nCopies(4, OptionalInt.of(512)));
    assertEquals(expected, List.copyOf(limits.values()));
  }

  @Test
  void workersAreSpreadOverTheGpus() {
    assertEquals(List.of("gpu:0", "gpu:1"), Workbenches.devices("auto", OptionalInt.empty(), 2));
    assertEquals(
        List.of("gpu:0", "gpu:1", "gpu:0"), Workbenches.devices("gpu", OptionalInt.of(3), 2));
    assertEquals(List.of("auto"), Workbenches.devices("auto", OptionalInt.empty(), 0));
    assertEquals(List.of("gpu:1", "gpu:1"), Workbenches.devices("gpu:1", OptionalInt.of(2), 0));
    assertEquals(List.of("cpu", "cpu"), Workbenches.devices("cpu", OptionalInt.of(2), 0));
  }
}
