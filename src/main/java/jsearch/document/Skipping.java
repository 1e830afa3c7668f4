package jsearch.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.List;

/** Lets everything of a JSON text pass but the value at one path of keys. */
final class Skipping extends TokenFilter {
  private final List<String> path;

  Skipping(List<String> path) {
    this.path = List.copyOf(path);
  }

  JsonParser over(JsonParser parser) {
    return new FilteringParserDelegate(parser, this, Inclusion.INCLUDE_ALL_AND_PATH, true);
  }

  @Override
  public TokenFilter includeProperty(String name) {
    if (!name.equals(path.get(0))) {
      return INCLUDE_ALL;
    }
    return path.size() == 1 ? null : new Skipping(path.subList(1, path.size()));
  }

  @Override
  public TokenFilter includeElement(int index) {
    return INCLUDE_ALL;
  }

  @Override
  public boolean includeEmptyObject(boolean contentsFiltered) {
    return true;
  }

  @Override
  public boolean includeEmptyArray(boolean contentsFiltered) {
    return true;
  }

  @Override
  protected boolean _includeScalar() {
    return true;
  }
}
