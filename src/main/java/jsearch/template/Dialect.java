package jsearch.template;

import java.util.Map;

/**
 * What a host of Jinja sets.
 *
 * @param trimBlocks whether the line end after a tag goes
 * @param lstripBlocks whether spaces before a tag that begins a line go
 * @param keepTrailingNewline whether the text's last line end stays
 * @param strict whether a name that is not there may not even be printed or asked for its truth
 * @param filters beside Jinja's own; the piped value comes first
 */
public record Dialect(
    boolean trimBlocks,
    boolean lstripBlocks,
    boolean keepTrailingNewline,
    boolean strict,
    Map<String, Callable> filters) {
  public Dialect {
    filters = Map.copyOf(filters);
  }
}
