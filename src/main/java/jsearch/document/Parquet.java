package jsearch.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Rows of a Parquet file, as the Hub serves data sets: text, numbers, truth values, lists, structs.
 *
 * <p>Columns of other types (dates, decimals, maps) are left out.
 */
final class Parquet {
  private static final Set<CompressionCodecName> CODECS =
      Set.of(
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);

  private final Path file;

  Parquet(Path file) {
    this.file = file;
  }

  /** One mapping a row, counted from 1. */
  List<Document> rows() {
    if (!Files.exists(file)) {
      throw new InputException("%s does not exist.%s".formatted(file, Neighbours.hint(file)));
    }
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      refuseOtherCodecs(reader.getRowGroups());
      return rows(reader);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // a damaged file throws anything
      throw new InputException(
          """
          %s is no Parquet file that can be read: %s.
          Maybe the download stopped early, or it is the pointer of a large file."""
              .formatted(file, reason(e)),
          e);
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException fault ? Reason.of(fault) : Reason.sentence(e.getMessage());
  }

  private void refuseOtherCodecs(List<BlockMetaData> groups) {
    for (BlockMetaData group : groups) {
      for (ColumnChunkMetaData column : group.getColumns()) {
        if (!CODECS.contains(column.getCodec())) {
          throw new InputException(
              "%s: column %s is compressed by %s, expected snappy, zstd, lz4 or none."
                  .formatted(file, column.getPath().toDotString(), column.getCodec()));
        }
      }
    }
  }

  private List<Document> rows(ParquetFileReader reader) throws IOException {
    MessageType schema = reader.getFileMetaData().getSchema();
    List<Document> rows = new ArrayList<>();
    for (PageReadStore pages = reader.readNextRowGroup();
        pages != null;
        pages = reader.readNextRowGroup()) {
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
      for (long i = 0; i < pages.getRowCount(); i++) {
        String source = "%s, row %d".formatted(file, rows.size() + 1);
        rows.add(new Document(source, "", struct(records.read())));
      }
    }
    return rows;
  }

  private static ObjectNode struct(Group group) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (Type field : group.getType().getFields()) {
      boolean present = group.getFieldRepetitionCount(field.getName()) > 0;
      if (isReadable(field)) {
        node.set(field.getName(), present ? value(group, field, 0) : NullNode.instance);
      }
    }
    return node;
  }

  private static boolean isReadable(Type type) {
    if (!type.isPrimitive()) {
      return !(type.getLogicalTypeAnnotation()
          instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation);
    }
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return type.asPrimitiveType().getPrimitiveTypeName() != PrimitiveType.PrimitiveTypeName.INT96
        && (meaning == null
            || meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || meaning instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || meaning instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation
            || meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation);
  }

  private static JsonNode value(Group group, Type type, int i) {
    String name = type.getName();
    if (!type.isPrimitive()) {
      Group inner = group.getGroup(name, i);
      return type.getLogicalTypeAnnotation()
              instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
          ? list(inner)
          : struct(inner);
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> BooleanNode.valueOf(group.getBoolean(name, i));
      case INT32 -> LongNode.valueOf(group.getInteger(name, i));
      case INT64 -> LongNode.valueOf(group.getLong(name, i));
      case FLOAT -> DoubleNode.valueOf(group.getFloat(name, i));
      case DOUBLE -> DoubleNode.valueOf(group.getDouble(name, i));
      default -> TextNode.valueOf(group.getBinary(name, i).toStringUsingUTF8());
    };
  }

  /** A list is a group of one repeated field, which holds the elements or wraps each. */
  private static ArrayNode list(Group group) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    Type repeated = group.getType().getType(0);
    Optional<Type> wrapped = wrapped(repeated);
    for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
      if (wrapped.isEmpty()) {
        node.add(value(group, repeated, i));
      } else {
        Group wrapper = group.getGroup(0, i);
        boolean present = wrapper.getFieldRepetitionCount(0) > 0;
        node.add(present ? value(wrapper, wrapped.get(), 0) : NullNode.instance);
      }
    }
    return node;
  }

  /** The element's type, empty where the repeated field is itself the element (old writers). */
  private static Optional<Type> wrapped(Type repeated) {
    if (repeated.isPrimitive() || repeated.getName().equals("array")) {
      return Optional.empty();
    }
    GroupType group = repeated.asGroupType();
    return group.getFieldCount() == 1 ? Optional.of(group.getType(0)) : Optional.empty();
  }
}
