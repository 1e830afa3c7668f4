package jsearch.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Damages the bytes of a file for tests. */
public final class Mutation {
  private static final String[] TOKENS = {
    "-1",
    "0",
    "9007199254740993",
    "1e999",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "null",
    "\\ud800",
    "\\u0000",
    "é",
    "../",
    "F64",
    "I64",
    "layers.999999.",
    "layers.2147483648.",
    "[9007199254740992]"
  };

  private Mutation() {}

  /** One to three changes: a bit, a cut, a token put in, a piece doubled. */
  public static byte[] of(byte[] good, Random random) {
    byte[] bytes = good;
    for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(random.nextInt(8) == 0 ? Math.min(8, bytes.length) : bytes.length);
      int length = Math.min(random.nextInt(12), bytes.length - at);
      byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
      bytes =
          switch (random.nextInt(5)) {
            case 0 ->
                splice(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 1 -> splice(bytes, at, length, new byte[0]);
            case 2 -> splice(bytes, at, token.length, token);
            case 3 -> splice(bytes, at, 0, token);
            default ->
                splice(bytes, at, random.nextInt(9) == 0 ? bytes.length : 1, new byte[] {'7'});
          };
    }
    return bytes;
  }

  private static byte[] splice(byte[] bytes, int at, int cut, byte[] put) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(put);
    int rest = Math.min(at + cut, bytes.length);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
