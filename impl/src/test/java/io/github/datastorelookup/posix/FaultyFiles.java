package io.github.datastorelookup.posix;

import io.github.datastorelookup.DatastoreRegistry;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The real file system, but for one call that fails: the paths made here lead to it. Also knows
 * which channels are open. Not for several threads at a time.
 *
 * <p>Opening a stream is seen as a call of {@code toFile}; what streams do then is not seen.
 */
final class FaultyFiles {
  /** How a call fails. */
  enum Fault {
    /** As every call may. */
    IO,
    /** As the virtual machine may in any call. */
    ERROR
  }

  /** What a call changed in the file system; the content has a character for each byte. */
  record Change(String what, Path path, @Nullable Path from, String content, long position) {
    /** A change of an entry, or a sync. */
    static Change of(String what, Path path) {
      return new Change(what, unwrap(path), null, "", 0);
    }

    /** A change that makes an entry of another one. */
    static Change from(String what, Path path, Path from) {
      return new Change(what, unwrap(path), unwrap(from), "", 0);
    }
  }

  private final FaultySystem system = new FaultySystem(this);
  private final Set<FileChannel> open = Collections.synchronizedSet(new HashSet<>());
  private final List<String> calls = new ArrayList<>();
  private int failAt;
  private @Nullable String awaited;
  private Fault kind = Fault.IO;
  private @Nullable String failed;
  private @Nullable Runnable action;
  private volatile boolean closesFail;
  private Consumer<Change> changes = change -> {};

  /** From now on this is told of each change, just after it. */
  synchronized void onChange(Consumer<Change> listener) {
    changes = listener;
  }

  /** To be called after each real call that changed something. */
  synchronized void changed(Change change) {
    changes.accept(change);
  }

  /** From now on the nth call fails this way, counted from 1. */
  synchronized void failAt(int nth, Fault fault) {
    calls.clear();
    failAt = nth;
    awaited = null;
    kind = fault;
    failed = null;
    action = null;
  }

  /** From now on the first call that begins with this text fails this way. */
  synchronized void failOn(String call, Fault fault) {
    failAt(0, fault);
    awaited = call;
  }

  /** Just before the first call that begins with this text, this is done; then the call goes on. */
  synchronized void actBefore(String call, Runnable act) {
    failOn(call, Fault.IO);
    action = act;
  }

  /** Just before the nth call, counted from 1, this is done; then the call goes on. */
  synchronized void actAt(int nth, Runnable act) {
    failAt(nth, Fault.IO);
    action = act;
  }

  /** No further call fails. Says which one did, or null. */
  synchronized @Nullable String heal() {
    failAt = 0;
    awaited = null;
    action = null;
    return failed;
  }

  /** How many channels are open. */
  int openChannels() {
    return open.size();
  }

  /** Closes every channel behind its user's back, as an interrupt would. */
  void closeChannels() throws IOException {
    for (FileChannel channel : List.copyOf(open)) {
      channel.close();
    }
  }

  /** From now on each close of a channel closes it, and fails. */
  void failCloses() {
    closesFail = true;
  }

  /** To be called after each real close. */
  void close(Path path) throws IOException {
    if (closesFail) {
      throw new FileSystemException(path.toString(), null, "injected");
    }
  }

  void opened(FileChannel channel) {
    open.add(channel);
  }

  void closed(FileChannel channel) {
    open.remove(channel);
  }

  /** To be called before each real call. */
  synchronized void call(String what, Path path) throws IOException {
    if (isNext(what, path)) {
      if (kind == Fault.ERROR) {
        throw new InternalError("injected");
      }
      throw new FileSystemException(path.toString(), null, "injected");
    }
  }

  private synchronized boolean isNext(String what, Path path) {
    String call = what + " " + path;
    calls.add(call);
    boolean now = calls.size() == failAt || (awaited != null && call.startsWith(awaited));
    if (now) {
      failed = call;
      awaited = null;
    }
    if (now && action != null) {
      action.run();
      return false;
    }
    return now;
  }

  /** The same path, by way of the faults. */
  Path wrap(Path real) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (self, method, arguments) -> onPath(real, method, arguments));
  }

  private @Nullable Object onPath(Path real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "getFileSystem" -> {
        return system;
      }
      case "toFile" -> {
        return file(real);
      }
      case "equals" -> {
        return arguments != null
            && arguments[0] instanceof Path other
            && real.equals(unwrap(other));
      }
      default -> {
        // On the real path.
      }
    }
    Object[] real0 = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < real0.length; i++) {
      real0[i] = real0[i] instanceof Path path ? unwrap(path) : real0[i];
    }
    try {
      Object result = method.invoke(real, real0);
      return result instanceof Path path ? wrap(path) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private File file(Path real) {
    if (!isNext("toFile", real)) {
      return real.toFile();
    }
    if (kind == Fault.ERROR) {
      throw new InternalError("injected");
    }
    return new File("/injected" + real); // opening that fails
  }

  /** A registry on the files of this directory, by way of the faults. */
  DatastoreRegistry open(Path home) {
    return DatastoreRegistry.builder(
            PosixPorts.of(wrap(home.resolve("datastore.cfg")), wrap(home.resolve("run")), true))
        .withoutWatcher()
        .open();
  }

  /** The path below. */
  static Path unwrap(Path path) {
    return Proxy.isProxyClass(path.getClass()) ? Path.of(path.toString()) : path;
  }

  /** Only knows its provider. */
  private static final class FaultySystem extends FileSystem {
    private final FaultyProvider provider;

    FaultySystem(FaultyFiles files) {
      provider = new FaultyProvider(files);
    }

    @Override
    public FaultyProvider provider() {
      return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(String first, String... more) {
      return provider.wrap(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
      throw new UnsupportedOperationException();
    }
  }
}
