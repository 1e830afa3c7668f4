package jsearch.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import jsearch.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are those that Hugging Face's datasets reads (tables/rows.json). */
class TableTest {
  private static final Document GOLDEN = Golden.read(TableTest.class, "tables/rows.json");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"plain.csv", "gaps.csv", "mixed.csv", "semicolons.csv"})
  void csvIsTypedAsInDatasets(String name) {
    char separator = name.startsWith("semicolons") ? ';' : ',';
    assertEquals(GOLDEN.at(name).value(), values(Document.csv(table(name), separator)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snappy.parquet",
        "zstd.parquet",
        "plain.parquet",
        "second.parquet",
        "lz4.parquet"
      })
  void parquetIsReadAsInDatasets(String name) {
    assertEquals(GOLDEN.at(name).value(), values(Document.parquet(table(name))));
  }

  @Test
  void aValueKnowsItsRow() {
    Document row = Document.parquet(table("snappy.parquet")).get(2);
    assertTrue(row.at("n").expected("text").getMessage().contains("snappy.parquet, row 3: n is 0"));
    Document line = Document.csv(table("plain.csv"), ',').get(1);
    assertTrue(line.at("gold").place().endsWith("plain.csv, row 2: gold"));
  }

  @Test
  void otherCompressionIsRefusedByName() {
    assertContains(
        "gzip.parquet: column question is compressed by GZIP, expected snappy, zstd, lz4 or none.",
        assertThrows(InputException.class, () -> Document.parquet(table("gzip.parquet"))));
  }

  @Test
  void parquetThatIsNoneOrCutOffIsToldByFile() throws IOException {
    Path file = directory.resolve("items.parquet");
    assertContains(
        "items.parquet does not exist.",
        assertThrows(InputException.class, () -> Document.parquet(file)));
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
    assertContains(
        "items.parquet is no Parquet file that can be read: ",
        assertThrows(InputException.class, () -> Document.parquet(file)));
    byte[] whole = Files.readAllBytes(table("snappy.parquet"));
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertContains(
          "items.parquet is no Parquet file that can be read: ",
          assertThrows(InputException.class, () -> Document.parquet(file)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | items.csv is empty, expected CSV with a header.",
        "a,a | items.csv has the columns [a, a], expected each name once.",
        "a,b;1,2,3 | items.csv, row 1 has 3 cells, expected at most the header's 2.",
        "a,b;1,\"2 | is not valid CSV: ",
      })
  void badCsvIsToldByFileAndRow(String text, String message) throws IOException {
    Path file = directory.resolve("items.csv");
    Files.writeString(file, text.replace(';', '\n'));
    assertContains(message, assertThrows(InputException.class, () -> Document.csv(file, ',')));
  }

  private static Path table(String name) {
    return Golden.path(TableTest.class, "tables/" + name);
  }

  private static List<Object> values(List<Document> rows) {
    return rows.stream().map(Document::value).toList();
  }

  private static void assertContains(String expected, InputException fault) {
    assertTrue(fault.getMessage().contains(expected), fault.getMessage());
  }
}
