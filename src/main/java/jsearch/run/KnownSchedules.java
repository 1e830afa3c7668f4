package jsearch.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jsearch.schedule.Baseline;
import jsearch.schedule.Schedule;
import jsearch.study.Origin;

/** The schedules that every search tries first: the parents themselves, then the baselines. */
final class KnownSchedules {
  private KnownSchedules() {}

  /** The schedules by origin, in the order they are tried. */
  static Map<Origin, Schedule> of(List<Baseline> baselines, int layers) {
    Map<Origin, Schedule> known = new LinkedHashMap<>();
    known.put(Origin.BASE, Schedule.global(layers, 0));
    known.put(Origin.DONOR, Schedule.global(layers, 1));
    for (Baseline baseline : baselines) {
      Origin origin =
          baseline.global() ? Origin.global(baseline.name()) : Origin.baseline(baseline.name());
      known.put(origin, baseline.schedule(layers));
    }
    return Collections.unmodifiableMap(known);
  }
}
