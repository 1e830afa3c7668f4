package jsearch.schedule;

import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * A model as recipes name it: {@code path}, {@code org/name@revision}, or mergekit's mapping {@code
 * {model: {path: org/name, revision: main}}}.
 */
final class ModelName {
  private ModelName() {}

  /**
   * The name, with its revision behind an @.
   *
   * @throws InputException when it is none, or asks for an adapter or another architecture
   */
  static String of(Document model) {
    if (!model.isMap()) {
      return whole(model);
    }
    for (String key : new String[] {"lora", "override_architecture"}) {
      if (model.find(key).isPresent()) {
        throw new InputException("%s.%s is not supported.".formatted(model.place(), key));
      }
    }
    if (model.find("path").isPresent() && model.find("model").isEmpty()) {
      throw model.expected("a string such as org/name or org/name@revision");
    }
    Document inner = model.at("model");
    if (!inner.isMap()) {
      return whole(inner);
    }
    String path = whole(inner.at("path"));
    return inner.find("revision").map(revision -> path + "@" + revision.text()).orElse(path);
  }

  private static String whole(Document name) {
    if (name.text().isBlank() || name.text().contains("+")) {
      throw name.expected("a checkpoint; adapters (model+lora) are not supported");
    }
    return name.text();
  }
}
