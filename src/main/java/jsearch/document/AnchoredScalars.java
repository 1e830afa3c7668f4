package jsearch.document;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Jackson's YAML, whose parsers also tell the anchors of strings and numbers. */
final class AnchoredScalars extends YAMLFactory {
  private static final long serialVersionUID = 1;

  @Override
  protected YAMLParser _createParser(Reader text, IOContext context) {
    return new YAMLParser(
        context, _parserFeatures, _yamlParserFeatures, _loaderOptions, _objectCodec, text) {
      @Override
      protected JsonToken _decodeScalar(ScalarEvent scalar) throws IOException {
        _currentAnchor = scalar.getAnchor(); // Jackson has those of lists and mappings only.
        return super._decodeScalar(scalar);
      }
    };
  }
}
