package jsearch.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import jsearch.document.InputException;
import jsearch.task.Item;

/**
 * Draws a task's items for search and confirm.
 *
 * @param cluster the field whose equal values hold items together, so that no split separates them
 * @param stratum the field of which every value has its share of each split
 */
record Sampling(Optional<String> cluster, Optional<String> stratum) {
  /** The value of a field of the data that an item was made of, as text. */
  static String text(Item item, String field) {
    return String.valueOf(item.doc().at(field).value());
  }

  /** Search items, then confirm items. */
  record Draw(List<Item> search, List<Item> confirm) {}

  /**
   * Draws without replacement.
   *
   * <p>What is left of a cluster once a split is full belongs to no split.
   *
   * @throws InputException when an item lacks a field, or a cluster is of two strata
   * @throws NoSuchElementException when the items do not suffice
   */
  Draw draw(List<Item> items, int search, int confirm, Random random) {
    List<List<Item>> clusters = new ArrayList<>(clusters(items));
    Collections.shuffle(clusters, random);
    stratum.ifPresent(field -> spread(clusters, field, random));
    Iterator<List<Item>> order = clusters.iterator();
    return new Draw(take(order, search), take(order, confirm));
  }

  private List<List<Item>> clusters(List<Item> items) {
    if (cluster.isEmpty()) {
      return items.stream().map(List::of).toList();
    }
    Map<String, List<Item>> clusters = new LinkedHashMap<>();
    for (Item item : items) {
      clusters.computeIfAbsent(text(item, cluster.get()), name -> new ArrayList<>()).add(item);
    }
    return List.copyOf(clusters.values());
  }

  /**
   * Orders clusters so that any first ones have every stratum in proportion, to one cluster.
   *
   * <p>Cluster j of m of a stratum goes to the place (j + u)/m with one random u in [0,1) a
   * stratum: systematic sampling (Cochran, Sampling Techniques, chapter 8).
   */
  private void spread(List<List<Item>> clusters, String field, Random random) {
    Map<String, List<List<Item>>> strata = new LinkedHashMap<>();
    for (List<Item> members : clusters) {
      strata.computeIfAbsent(stratum(members, field), name -> new ArrayList<>()).add(members);
    }
    Map<List<Item>, Double> places = new IdentityHashMap<>();
    for (List<List<Item>> members : strata.values()) {
      double u = random.nextDouble();
      for (int j = 0; j < members.size(); j++) {
        places.put(members.get(j), (j + u) / members.size());
      }
    }
    clusters.sort(Comparator.comparing(places::get));
  }

  private static String stratum(List<Item> members, String field) {
    Item first = members.get(0);
    String stratum = text(first, field);
    for (Item item : members) {
      if (!text(item, field).equals(stratum)) {
        throw new InputException(
            "%s: %s is \"%s\", expected \"%s\" as in item %d of the same cluster."
                .formatted(item.doc().source(), field, text(item, field), stratum, first.id()));
      }
    }
    return stratum;
  }

  private static List<Item> take(Iterator<List<Item>> clusters, int number) {
    List<Item> taken = new ArrayList<>();
    while (taken.size() < number) {
      List<Item> members = clusters.next();
      taken.addAll(members.subList(0, Math.min(members.size(), number - taken.size())));
    }
    return taken;
  }
}
