package jsearch.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import jsearch.document.Document;
import jsearch.document.InputException;

/**
 * One repository's directory in the cache, in the layout of huggingface_hub.
 *
 * <pre>
 * models--org--name/refs/REVISION                the commit's 40 digits
 * models--org--name/blobs/ETAG                   content
 * models--org--name/snapshots/COMMIT/FILE        a link to ../../blobs/ETAG
 * .locks/models--org--name/ETAG.lock             held while the blob is fetched
 * </pre>
 */
final class HubCache {
  /** Makes a link to a target, as {@link Files#createSymbolicLink} does. */
  interface Linker {
    void link(Path link, Path target) throws IOException;
  }

  private final Path root;
  private final Path repository;
  private final Linker linker;

  HubCache(Path root, HubId id, Linker linker) {
    this.root = root;
    this.repository = root.resolve("models--" + id.name().replace("/", "--"));
    this.linker = linker;
  }

  /** The commit that a revision meant when it was last asked for. */
  Optional<String> commit(HubId id) {
    Path ref = ref(id);
    if (id.isCommit()) {
      return Optional.of(id.revision());
    }
    // A broken ref is as good as none: the next download writes it anew.
    return Files.isRegularFile(ref)
        ? Optional.of(Document.readText(ref).strip()).filter(c -> HubId.COMMIT.matcher(c).matches())
        : Optional.empty();
  }

  Path snapshots() {
    return repository.resolve("snapshots");
  }

  Path snapshot(String commit) {
    return snapshots().resolve(commit);
  }

  Path blobs() {
    return repository.resolve("blobs");
  }

  Path blob(HubFile file) {
    return blobs().resolve(file.etag());
  }

  /** A name of our own: a huggingface_hub at work beside us must not append to the same file. */
  Path partial(HubFile file) {
    return blob(file).resolveSibling(file.etag() + ".jsearch.incomplete");
  }

  Path lock(HubFile file) {
    return root.resolve(".locks").resolve(repository.getFileName()).resolve(file.etag() + ".lock");
  }

  /** Whether the blob is there, whole. */
  boolean has(HubFile file) {
    try {
      return Files.isRegularFile(blob(file)) && Files.size(blob(file)) == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  /** Puts a blob's file into a snapshot; moves the blob there where links are not possible. */
  void link(String commit, HubFile file) {
    Path link = snapshot(commit).resolve(file.name());
    try {
      Files.createDirectories(link.getParent());
      if (!Files.isRegularFile(link)) {
        Files.deleteIfExists(link); // it dangles
        link(link, file);
      }
    } catch (IOException e) {
      throw unwritable(link, e);
    }
  }

  private void link(Path link, HubFile file) throws IOException {
    try {
      linker.link(link, link.getParent().relativize(blob(file)));
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(blob(file), link, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Notes what a revision means; writes nothing when that is noted already. */
  void point(HubId id, String commit) {
    if (commit(id).filter(commit::equals).isPresent()) {
      return;
    }
    try {
      Path ref = ref(id);
      // A name of this process: another may write the same ref at the same time.
      Path written =
          ref.resolveSibling(
              "%s.%d.tmp".formatted(ref.getFileName(), ProcessHandle.current().pid()));
      Files.createDirectories(ref.getParent());
      Files.writeString(written, commit);
      Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(ref(id), e);
    }
  }

  private Path ref(HubId id) {
    return repository.resolve("refs").resolve(id.revision());
  }

  static InputException unwritable(Path file, IOException e) {
    return InputException.unwritable(file, e);
  }
}
