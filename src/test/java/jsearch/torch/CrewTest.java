package jsearch.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrewTest {
  @Test
  void wholeItRunsEveryItemOnTheCallersThread() {
    try (Torch torch = Torch.open("cpu")) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      torch.each(List.of(1, 2, 3), item -> threads.add(Thread.currentThread()));
      assertEquals(Set.of(Thread.currentThread()), threads);
    }
  }

  @Test
  void splitItRunsItemsAtTheSameTimeAndWaitsForAll() {
    try (Torch torch = Torch.open("cpu")) {
      int side = torch.threads();
      torch.splitThreads();
      CountDownLatch all = new CountDownLatch(side);
      Set<Integer> met = ConcurrentHashMap.newKeySet();
      torch.each(
          IntStream.range(0, side).boxed().toList(),
          item -> {
            all.countDown();
            try {
              // Only if all are under way together does each see the others.
              if (all.await(30, TimeUnit.SECONDS)) {
                met.add(item);
              }
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      assertEquals(side, met.size());
    }
  }

  @Test
  void aFailureIsThrownAfterTheOthersAreDone() {
    try (Torch torch = Torch.open("cpu")) {
      torch.splitThreads();
      Set<Integer> done = ConcurrentHashMap.newKeySet();
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  torch.each(
                      List.of(0, 1, 2, 3),
                      item -> {
                        if (item == 1) {
                          throw new IllegalStateException("item 1");
                        }
                        done.add(item);
                      }));
      assertEquals("item 1", e.getMessage());
      assertEquals(Set.of(0, 2, 3), done);
    }
  }

  @Test
  void oneOfTwoThatShareTheCpuHasHalfOfItsThreads() {
    int all;
    try (Torch alone = Torch.open("cpu")) {
      all = alone.threads();
    }
    int half = Math.max(1, all / 2);
    try (Torch first = Torch.open("cpu", 2, OptionalInt.empty());
        Torch second = Torch.open("cpu", 2, OptionalInt.empty())) {
      assertEquals(half, first.threads());
      assertEquals(half, second.threads());
      assertEquals(half, JniUtils.getNumThreads());
    }
    assertEquals(all, JniUtils.getNumThreads());
  }

  @Test
  void asManyThreadsAsAskedForComputeWhereThereAreSoMany() {
    try (Torch torch = Torch.open("cpu", 1, OptionalInt.of(1))) {
      assertEquals(1, torch.threads());
      assertEquals(1, JniUtils.getNumThreads());
    }
    try (Torch torch = Torch.open("cpu", 1, OptionalInt.of(100_000))) {
      assertEquals(torch.threadShare(), torch.threads());
      assertFalse(torch.sumsByOneThread());
      torch.splitThreads();
      assertTrue(torch.sumsByOneThread());
    }
  }

  @Test
  void moreThanThereAreThreadsHaveOneEach() {
    try (Torch torch = Torch.open("cpu", 100_000, OptionalInt.empty())) {
      assertEquals(1, torch.threads());
    }
  }

  @Test
  void workOnAnotherThreadHasTheSameNumberOfThreads() throws Exception {
    try (Torch torch = Torch.open("cpu", 2, OptionalInt.empty())) {
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        Callable<Integer> count = () -> torch.work(() -> false, JniUtils::getNumThreads);
        assertEquals(torch.threads(), other.submit(count).get());
        torch.splitThreads();
        assertEquals(1, other.submit(count).get());
      } finally {
        other.shutdown();
      }
    }
  }

  @Test
  void workThatIsGivenUpBeginsNoFurtherItem() {
    try (Torch torch = Torch.open("cpu")) {
      Set<Integer> begun = ConcurrentHashMap.newKeySet();
      assertThrows(
          CancellationException.class,
          () ->
              torch.work(
                  () -> begun.size() == 2,
                  () -> {
                    torch.each(List.of(1, 2, 3, 4), begun::add);
                    return null;
                  }));
      assertEquals(Set.of(1, 2), begun);
      torch.each(List.of(3, 4), begun::add);
      assertEquals(Set.of(1, 2, 3, 4), begun);
    }
  }

  @Test
  void closingGivesEveryOperationItsThreadsBack() {
    int before;
    try (Torch torch = Torch.open("cpu")) {
      before = JniUtils.getNumThreads();
      torch.splitThreads();
      assertEquals(1, JniUtils.getNumThreads());
      assertEquals(before, torch.threads());
    }
    assertEquals(before, JniUtils.getNumThreads());
  }
}
