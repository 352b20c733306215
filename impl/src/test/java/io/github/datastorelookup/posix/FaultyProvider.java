package io.github.datastorelookup.posix;

import static io.github.datastorelookup.posix.FaultyFiles.unwrap;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.github.datastorelookup.posix.FaultyFiles.Change;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/** The provider of {@link FaultyFiles}: each call may be the one that fails. */
final class FaultyProvider extends FileSystemProvider {
  private final FileSystemProvider real = FileSystems.getDefault().provider();
  private final FaultyFiles files;

  FaultyProvider(FaultyFiles files) {
    this.files = files;
  }

  /** The same path, by way of the faults. */
  Path wrap(Path path) {
    return files.wrap(path);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    files.call("open", path);
    boolean creates = options.contains(CREATE_NEW);
    FileChannel channel = real.newFileChannel(unwrap(path), options, attributes);
    if (creates) {
      files.changed(Change.of("create", path));
    }
    return new FaultyChannel(files, unwrap(path), channel);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    files.call("create", path);
    return real.newByteChannel(unwrap(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    files.call("list", path);
    return new FaultyDirectory(files, path, real.newDirectoryStream(unwrap(path), filter));
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    files.call("mkdir", path);
    real.createDirectory(unwrap(path), attributes);
    files.changed(Change.of("mkdir", path));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    files.call("link", link);
    real.createLink(unwrap(link), unwrap(existing));
    files.changed(Change.from("link", link, existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    files.call("delete", path);
    real.delete(unwrap(path));
    files.changed(Change.of("delete", path));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    files.call("rename", target);
    real.move(unwrap(source), unwrap(target), options);
    files.changed(Change.from("rename", target, source));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    files.call("access", path);
    real.checkAccess(unwrap(path), modes);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    files.call("stat", path);
    return real.readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    files.call("stat", path);
    return real.readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    files.call("chmod", path);
    real.setAttribute(unwrap(path), attribute, value, options);
  }

  // ---- what the library does not use
  // --------------------------------------------------------------

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isHidden(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
