package jsearch.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * Reads a group file: its tasks by name or file, within it, or as a map with replaced keys.
 *
 * <p>A name is that of a task, group or tag of any file in the group's directory.
 */
final class GroupReader {
  private static final Set<String> KEYS =
      Set.of("group", "group_alias", "task", "aggregate_metric_list", "metadata", "tag");

  private final TaskFile file;
  private final TaskOptions options;
  private final TaskIndex index;
  private final List<String> open;

  GroupReader(TaskFile file, TaskOptions options) {
    this(file, options, TaskIndex.beside(file.file()), List.of());
  }

  private GroupReader(TaskFile file, TaskOptions options, TaskIndex index, List<String> open) {
    this.file = file;
    this.options = options;
    this.index = index;
    this.open = open;
  }

  /** Whether these keys are of a group: it has a list of tasks, or none at all. */
  static boolean isGroup(TaskFile file) {
    return file.find("group").isPresent()
        && file.find("task").map(task -> !task.isText()).orElse(true);
  }

  /** The group with all its tasks. */
  Group read() {
    String name = file.at("group").text();
    if (open.contains(name)) {
      throw file.at("group").expected("groups that do not contain themselves");
    }
    List<Entry> members = new ArrayList<>();
    for (Document member : file.at("task").items()) {
      members.addAll(member.isText() ? named(member, Map.of()) : described(name, member));
    }
    if (members.isEmpty()) {
      throw file.at("task").expected("at least one task");
    }
    Group group =
        new Group(
            name,
            file.find("group_alias").map(Document::text).orElse(name),
            file.file(),
            files(members),
            members,
            aggregates());
    refuseTwins(group);
    return group;
  }

  private List<Path> files(List<Entry> members) {
    return Stream.concat(
            file.files().stream(), members.stream().flatMap(member -> member.files().stream()))
        .distinct()
        .toList();
  }

  private void refuseTwins(Group group) {
    Set<String> names = new HashSet<>();
    for (Task task : group.tasks()) {
      if (!names.add(task.name())) {
        throw new InputException(
            "%s has task %s twice, expected each task once."
                .formatted(file.at("task").place(), task.name()));
      }
    }
  }

  /** A map of a name and of keys that replace the file's, or of all keys. */
  private List<Entry> described(String group, Document member) {
    Map<String, Document> keys = new LinkedHashMap<>(member.entries());
    if (member.find("group").isPresent()) {
      if (index.has(member.at("group").text())) {
        Document name = keys.remove("group");
        return named(name, keys);
      }
      Map<String, Document> all = new LinkedHashMap<>(overrides());
      all.putAll(keys);
      Group within = reader(new TaskFile(file.file(), file.files(), all)).read();
      String name = group + "::" + within.name();
      String alias = within.alias().equals(within.name()) ? name : within.alias();
      return List.of(
          new Group(
              name, alias, within.file(), within.files(), within.members(), within.aggregates()));
    }
    Document name = member.at("task");
    if (index.has(name.text()) || name.text().endsWith(".yaml")) {
      keys.remove("task");
      return named(name, keys);
    }
    Map<String, Document> all = new LinkedHashMap<>(overrides());
    all.putAll(keys);
    Task task = new TaskReader(options).read(new TaskFile(file.file(), file.files(), all));
    return List.of(renamed(task, group + "::" + task.name()));
  }

  private static Task renamed(Task task, String name) {
    return new Task(
        name,
        task.alias().equals(task.name()) ? name : task.alias(),
        task.file(),
        task.data(),
        task.files(),
        task.type(),
        task.items(),
        task.metrics(),
        task.generation(),
        task.shots(),
        task.chatDelimiter());
  }

  private List<Entry> named(Document name, Map<String, Document> keys) {
    Map<String, Document> all = new LinkedHashMap<>(overrides());
    all.putAll(keys);
    List<Entry> entries = new ArrayList<>();
    for (TaskFile found : index.files(name)) {
      entries.add(
          isGroup(found)
              ? reader(found.with(all)).read()
              : new TaskReader(options).read(found.with(all)));
    }
    return entries;
  }

  private GroupReader reader(TaskFile group) {
    List<String> opened = new ArrayList<>(open);
    opened.add(file.at("group").text());
    return new GroupReader(group, options, index, opened);
  }

  /** The keys of the group that are its tasks' keys. */
  private Map<String, Document> overrides() {
    Map<String, Document> keys = new LinkedHashMap<>(file.keys());
    keys.keySet().removeAll(KEYS);
    return keys;
  }

  private List<Aggregate> aggregates() {
    Optional<Document> list = file.find("aggregate_metric_list");
    if (list.isEmpty()) {
      return List.of();
    }
    List<Document> entries = list.get().isMap() ? List.of(list.get()) : list.get().items();
    return entries.stream().map(GroupReader::aggregate).toList();
  }

  private static Aggregate aggregate(Document entry) {
    entry.allow(Set.of("metric", "aggregation", "weight_by_size", "filter_list"));
    Optional<Document> aggregation = entry.find("aggregation");
    if (aggregation.isPresent() && !aggregation.get().text().equals("mean")) {
      throw aggregation.get().expected("mean");
    }
    return new Aggregate(
        entry.at("metric").text(),
        entry
            .find("filter_list")
            .map(list -> list.isText() ? List.of(list) : list.items())
            .map(names -> names.stream().map(Document::text).toList()),
        entry.find("weight_by_size").map(Document::bool).orElse(true));
  }
}
