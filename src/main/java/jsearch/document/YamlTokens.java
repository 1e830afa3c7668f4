package jsearch.document;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Jackson's YAML tokens, with the anchors of strings and numbers and whether they are quoted. */
final class YamlTokens extends YAMLParser {
  /** Makes parsers of this class. */
  static final class Factory extends YAMLFactory {
    private static final long serialVersionUID = 1;

    @Override
    protected YAMLParser _createParser(Reader text, IOContext context) {
      return new YamlTokens(
          context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec, text);
    }
  }

  private YamlTokens(
      IOContext context,
      int features,
      int yaml,
      LoaderOptions options,
      ObjectCodec codec,
      Reader text) {
    super(context, features, yaml, options, codec, text);
  }

  @Override
  protected JsonToken _decodeScalar(ScalarEvent scalar) throws IOException {
    _currentAnchor = scalar.getAnchor(); // Jackson has those of lists and mappings only.
    return super._decodeScalar(scalar);
  }

  /** Whether the current token is text without quotes, where {@code <<} is a merge key. */
  boolean plain() {
    return _lastEvent instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }
}
