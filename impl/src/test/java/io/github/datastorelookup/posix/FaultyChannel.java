package io.github.datastorelookup.posix;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.datastorelookup.posix.FaultyFiles.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A channel of {@link FaultyFiles}: each call but {@code close} may be the one that fails. */
final class FaultyChannel extends FileChannel {
  private final FaultyFiles files;
  private final Path path;
  private final FileChannel real;

  FaultyChannel(FaultyFiles files, Path path, FileChannel real) {
    this.files = files;
    this.path = path;
    this.real = real;
    files.opened(this);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    files.closed(this);
    real.close();
    files.close(path);
  }

  @Override
  public long size() throws IOException {
    files.call("size", path);
    return real.size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    files.call("truncate", path);
    return real.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    files.call("sync", path);
    real.force(metaData);
    files.changed(Change.of("sync", path));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    files.call("write", path);
    byte[] content = new byte[source.remaining()];
    source.duplicate().get(content);
    int written = real.write(source, position);
    files.changed(
        new Change("write", path, null, new String(content, 0, written, ISO_8859_1), position));
    return written;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    files.call("read", path);
    return real.read(target, position);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    files.call("map", path);
    return real.map(mode, position, size);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    files.call("lock", path);
    return real.tryLock(position, size, shared);
  }

  // ---- what the library does not use
  // --------------------------------------------------------------

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long newPosition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }
}
