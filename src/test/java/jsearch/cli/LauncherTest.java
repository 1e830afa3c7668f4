package jsearch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a JDK and a Maven that only tell how they were called. */
class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "touch");

  private record Ended(int code, String out, String err) {}

  @TempDir Path temp;
  private Path home;
  private Path bin;
  private Path jdk;

  @BeforeEach
  void installJsearchMavenAndJdk() throws IOException {
    home = Files.createDirectories(temp.resolve("a home with spaces"));
    Files.copy(Path.of("jsearch"), home.resolve("jsearch"));
    Files.createDirectories(home.resolve("src/main/java"));
    Files.writeString(home.resolve("src/main/java/A.java"), "");
    Files.writeString(home.resolve("src/main/java/B.java"), "");
    Files.writeString(home.resolve("pom.xml"), "");
    bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool : TOOLS) {
      for (String place : List.of("/usr/bin/", "/bin/")) {
        Path real = Path.of(place + tool);
        if (Files.exists(real) && Files.notExists(bin.resolve(tool))) {
          script(bin.resolve(tool), "exec " + real + " \"$@\"\n");
        }
      }
    }
    script(
        bin.resolve("mvn"),
        """
        if [ "$1" = -v ]; then echo 'Apache Maven 3.9.1 (abc)'; exit; fi
        sleep 0.2
        echo built >>"$BUILDS"
        echo >"$(dirname "$4")/target/jsearch.jar"
        """);
    jdk = jdk("jdk-17", "17.0.2");
  }

  private Path jdk(String name, String version) throws IOException {
    Path directory = temp.resolve(name);
    script(directory.resolve("bin/java"), "printf '%s\\n' \"$0\" \"$PWD\" \"$@\"\n");
    script(directory.resolve("bin/javac"), "");
    Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return directory;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Process start(Path launcher) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "--seed", "two words");
    builder.directory(Files.createDirectories(temp.resolve("elsewhere")).toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("ARCHIVED", temp.resolve("archived").toString());
    builder.environment().put("BUILDS", temp.resolve("builds").toString());
    return builder.start();
  }

  private static Ended end(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out, err);
  }

  private Ended launch() throws IOException, InterruptedException {
    return end(start(home.resolve("jsearch")));
  }

  private long builds() throws IOException {
    Path builds = temp.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private static void age(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
  }

  /** Makes the build a minute old, and everything that it was made from two. */
  private void ageAll() throws IOException {
    for (String file : List.of("A.java", "B.java", ".", "..")) {
      age(home.resolve("src/main/java").resolve(file), 120);
    }
    age(home.resolve("pom.xml"), 120);
    age(home.resolve("target/.built"), 60);
    age(home.resolve("target/jsearch.jar"), 60);
  }

  private Path archive(String version) {
    return home.resolve("target/jsearch-" + version + ".jsa");
  }

  /** Lets the JDK make archives of classes, and count them. */
  private void letJavaArchive() throws IOException {
    script(
        jdk.resolve("bin/java"),
        """
        archive=
        for word; do
          case "$word" in
            -XX:DumpLoadedClassList=*)
              printf 'java/lang/Object id: 0\n@lambda-proxy A picocli/B\n' >"${word#*=}";;
            -XX:SharedClassListFile=*) cat "${word#*=}" >"${archive:=$ARCHIVED}";;
            -XX:SharedArchiveFile=*) file=${word#*=};;
          esac
        done
        if [ "$archive" ]; then echo made >>"$ARCHIVED.count"; echo classes >"$file"; fi
        printf '%s\n' "$0" "$PWD" "$@"
        """);
  }

  private long archives() throws IOException {
    Path count = temp.resolve("archived.count");
    return Files.exists(count) ? Files.readAllLines(count).size() : 0;
  }

  @Test
  void anArchiveOfClassesIsMadeOnceForABuildAndAJdk() throws Exception {
    letJavaArchive();
    List<String> words = launch().out().lines().toList();
    assertTrue(words.contains("-XX:SharedArchiveFile=" + archive("17.0.2")), words.toString());
    assertEquals("classes", Files.readString(archive("17.0.2")).strip());
    // Two lists in one: without numbers, and without what crashes JDK 17.
    assertEquals(
        "java/lang/Object\njava/lang/Object\n", Files.readString(temp.resolve("archived")));
    assertEquals("", launch().err());
    assertEquals(1, archives());
    jdk = jdk("jdk-21", "21");
    letJavaArchive();
    Ended other = launch();
    assertTrue(other.err().contains("making starts faster"), other.err());
    assertTrue(other.out().contains("-XX:SharedArchiveFile=" + archive("21")), other.out());
    ageAll();
    age(archive("21"), 90);
    launch(); // the jar is newer: Maven has built it
    assertEquals(3, archives());
    assertEquals(1, builds());
  }

  @Test
  void aJdkThatMakesNoArchiveIsAskedOnceAndStartsAsWell() throws Exception {
    script(
        jdk.resolve("bin/java"),
        "echo called >>\"$ARCHIVED.count\"\n"
            + "case \"$*\" in *-Xshare:dump*) exit 1;; esac\n"
            + "printf '%s\\n' \"$@\"\n");
    Ended first = launch();
    assertEquals(0, first.code(), first.err());
    long calls = archives();
    Ended second = launch();
    assertEquals(first.out(), second.out());
    assertEquals(calls + 1, archives());
    assertTrue(!second.out().contains("SharedArchiveFile"), second.out());
  }

  @Test
  void itBuildsOnceAndStartsJavaWhereTheUserIsWithTheWordsGiven() throws Exception {
    Ended first = launch();
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("first use, building"), first.err());
    assertEquals(
        List.of(
            jdk.resolve("bin/java").toString(),
            temp.resolve("elsewhere").toString(),
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-Xmn16m",
            "-XX:TieredStopAtLevel=1",
            "-Djsearch.home=" + home,
            "-Djsearch.terminal=false",
            "-Djsearch.terminal.out=false",
            "-Djsearch.columns=",
            "-jar",
            home.resolve("target/jsearch.jar").toString(),
            "--seed",
            "two words"),
        first.out().lines().toList());
    ageAll();
    assertEquals(new Ended(0, first.out(), ""), launch());
    assertEquals(1, builds());
  }

  @Test
  void aLinkLeadsHome() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), home.resolve("jsearch"));
    Ended ended = end(start(Files.createSymbolicLink(temp.resolve("link to it"), link)));
    assertTrue(ended.out().contains("-Djsearch.home=" + home + "\n"), ended.out() + ended.err());
  }

  @Test
  void aSourceThatIsNewerOrGoneOrAddedIsBuiltAgain() throws Exception {
    launch();
    ageAll();
    age(home.resolve("src/main/java/A.java"), 0);
    Ended newer = launch();
    assertTrue(newer.err().contains("sources changed, building"), newer.err());
    assertEquals(2, builds());
    ageAll();
    Files.delete(home.resolve("src/main/java/B.java"));
    launch();
    assertEquals(3, builds());
    Files.writeString(home.resolve("src/main/java/B.java"), "");
    ageAll();
    age(home.resolve("pom.xml"), 0);
    launch();
    assertEquals(4, builds());
  }

  @Test
  void twoLaunchersBuildOnce() throws Exception {
    Process one = start(home.resolve("jsearch"));
    Process other = start(home.resolve("jsearch"));
    assertEquals(0, end(one).code());
    assertEquals(0, end(other).code());
    assertEquals(1, builds());
  }

  @Test
  void aBuildThatFailsShowsItsEndAndIsTriedAgain() throws Exception {
    Path maven = bin.resolve("mvn");
    String works = Files.readString(maven);
    Files.writeString(
        maven,
        """
        #!/bin/sh
        if [ "$1" = -v ]; then echo 'Apache Maven 3.8.0'; exit; fi
        echo no symbol; exit 1
        """);
    Ended ended = launch();
    assertEquals(2, ended.code());
    assertTrue(ended.err().contains("no symbol\njsearch: the build failed, see "), ended.err());
    Files.writeString(maven, works);
    assertEquals(0, launch().code());
  }

  @Test
  void withoutMavenOrWithAnOldOneItSaysWhatIsNeeded() throws Exception {
    Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho 'Apache Maven 3.6.3 (abc)'\n");
    Ended old = launch();
    assertEquals(2, old.code());
    assertTrue(
        old.err().startsWith("jsearch: building needs Maven 3.8 or newer, found 3.6.\n"),
        old.err());
    Files.delete(bin.resolve("mvn"));
    assertTrue(launch().err().contains("found none."), old.err());
    assertEquals(0, builds());
  }

  @Test
  void aJavaHomeThatIsTooOldOrBrokenIsPassedOver() throws Exception {
    Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
    Path good = jdk;
    for (String version : List.of("11.0.2", "1.8.0_292", "nonsense")) {
      jdk = jdk("bad", version);
      Ended ended = launch();
      assertTrue(ended.out().startsWith(good + "/bin/java\n"), ended.out() + ended.err());
    }
  }

  @Test
  void afterABuildNothingIsWritten() throws Exception {
    launch();
    ageAll();
    Files.delete(bin.resolve("mvn"));
    List<Path> before = files();
    for (Path file : List.of(home.resolve("target"), home)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    try {
      assertEquals(0, launch().code());
      assertEquals(before, files());
    } finally {
      for (Path file : List.of(home, home.resolve("target"))) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private List<Path> files() throws IOException {
    try (var walk = Files.walk(home)) {
      return new ArrayList<>(walk.sorted().toList());
    }
  }
}
