package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.FaultyFiles.unwrap;

import io.github.datastorelookup.posix.FaultyFiles.Change;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * An open directory of {@link FaultyFiles}: each call but {@code close} may be the one that fails.
 */
final class FaultyDirectory implements SecureDirectoryStream<Path> {
  private final FaultyFiles files;
  private final Path path;
  private final SecureDirectoryStream<Path> real;

  FaultyDirectory(FaultyFiles files, Path path, DirectoryStream<Path> real) {
    this.files = files;
    this.path = path;
    this.real = (SecureDirectoryStream<Path>) real;
  }

  @Override
  public Iterator<Path> iterator() {
    List<Path> found = new ArrayList<>();
    real.forEach(each -> found.add(files.wrap(each)));
    return found.iterator();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    files.call("create", path);
    FileChannel channel = (FileChannel) real.newByteChannel(unwrap(name), options, attributes);
    Path file = unwrap(path).resolve(unwrap(name));
    files.changed(Change.of("create", file));
    return new FaultyChannel(files, file, channel);
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    files.call("delete", path);
    real.deleteFile(unwrap(name));
    files.changed(Change.of("delete", unwrap(path).resolve(unwrap(name))));
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path name, LinkOption... options)
      throws IOException {
    files.call("list", path);
    return new FaultyDirectory(
        files, path.resolve(name), real.newDirectoryStream(unwrap(name), options));
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    files.call("delete", path);
    real.deleteDirectory(unwrap(name));
    files.changed(Change.of("delete", unwrap(path).resolve(unwrap(name))));
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
    return real.getFileAttributeView(type);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }

  // ---- what the library does not use
  // --------------------------------------------------------------

  @Override
  public void move(Path name, SecureDirectoryStream<Path> target, Path targetName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path name, Class<V> type, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
