package jsearch.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RandomSearchTest extends OptimizerContract {
  @Override
  Algorithm algorithm() {
    return Algorithm.RANDOM;
  }

  @Test
  void theScoresMakeNoDifference() {
    assertEquals(
        points(search(algorithm().optimizer(CENTRE, 1), OptimizerContract::sphere, 100)),
        points(search(algorithm().optimizer(CENTRE, 1), point -> -sphere(point), 100)));
  }

  @Test
  void everyTenthOfARangeGetsItsShare() {
    List<List<Double>> points =
        points(search(algorithm().optimizer(List.of(0.5, 0.5), 2), point -> 0, 500));

    for (int tenth = 0; tenth < 10; tenth++) {
      int bin = tenth;
      long share = points.stream().filter(p -> (int) (10 * p.get(1)) == bin).count();
      // Binomial(500, 0.1): four standard deviations are 27.
      assertEquals(50, share, 27);
    }
  }
}
