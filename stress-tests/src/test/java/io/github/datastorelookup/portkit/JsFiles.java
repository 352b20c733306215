package io.github.datastorelookup.portkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files for a script: paths, descriptors, record locks and shared maps, as POSIX has them. Bytes
 * and 64-bit words are hexadecimal text, because a number of JavaScript has 53 bits. Nothing here
 * knows what the files are for.
 */
final class JsFiles {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final SplittableRandom random = new SplittableRandom();
  private final Map<Integer, Descriptor> descriptors = new HashMap<>();
  private final Map<Integer, ByteBuffer> maps = new HashMap<>();
  private int numbers;

  /**
   * An open file.
   *
   * @param channel to it
   * @param mode in which it can be mapped
   * @param locks of this descriptor, by where they begin
   */
  private record Descriptor(FileChannel channel, MapMode mode, Map<Long, FileLock> locks) {}

  /** Performs a call; its arguments are behind its name in the array. */
  @Nullable Object perform(String name, JsonNode call) throws IOException {
    JsonNode subject = call.path(1);
    return switch (name) {
      case "random" -> hex(random.nextLong());
      case "realPath" -> path(subject).toRealPath().toString();
      case "readLink" -> Files.readSymbolicLink(path(subject)).toString();
      case "list" -> list(path(subject));
      case "text" -> Files.readString(path(subject), UTF_8);
      case "stat" -> stat(path(subject));
      case "mkdir", "chmod", "chgrp", "link", "rename", "remove", "syncDirectory" -> {
        change(name, path(subject), call.path(2));
        yield null;
      }
      case "open" -> open(path(subject), call.path(2).asText());
      case "map" -> map(of(subject), call.path(2).asLong(), call.path(3).asLong());
      case "lock" ->
          lock(of(subject), call.path(2).asLong(), call.path(3).asLong(), call.path(4).asBoolean());
      case "readText" -> UTF_8.decode(read(of(subject).channel)).toString();
      case "size" -> of(subject).channel.size();
      case "close", "unlock", "zeros", "write", "writeText", "sync" -> {
        onDescriptor(name, subject, call.path(2), call.path(3));
        yield null;
      }
      default -> onMap(name, subject, call.path(2).asInt(), call.path(3), call.path(4));
    };
  }

  private static Path path(JsonNode text) {
    return Path.of(text.asText());
  }

  private static String hex(long word) {
    return String.format(Locale.ROOT, "%016x", word);
  }

  private static long word(JsonNode hex) {
    return Long.parseUnsignedLong(hex.asText(), 16);
  }

  // Paths

  private static List<String> list(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  /** What {@code lstat} says; null if there is nothing. */
  private static @Nullable Map<String, Object> stat(Path path) throws IOException {
    try {
      Map<String, Object> found =
          new TreeMap<>(
              Files.readAttributes(
                  path, "unix:mode,uid,gid,size,dev,ino", LinkOption.NOFOLLOW_LINKS));
      found.put("identity", found.remove("dev") + ":" + found.remove("ino"));
      return found;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static void change(String name, Path path, JsonNode value) throws IOException {
    switch (name) {
      case "mkdir" -> {
        Path unused = Files.createDirectory(path, permissions("rwx------"));
      }
      case "chmod" -> {
        Path unused = Files.setAttribute(path, "unix:mode", value.asInt());
      }
      case "chgrp" -> {
        Path unused = Files.setAttribute(path, "unix:gid", value.asInt());
      }
      case "link" -> {
        Path unused = Files.createLink(path(value), path);
      }
      case "rename" -> {
        Path unused = Files.move(path, path(value), StandardCopyOption.ATOMIC_MOVE);
      }
      case "remove" -> Files.delete(path);
      default -> {
        try (FileChannel directory = FileChannel.open(path)) {
          directory.force(true);
        }
      }
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  // Descriptors

  private Descriptor of(JsonNode number) {
    return Objects.requireNonNull(descriptors.get(number.asInt()), "no open file");
  }

  /** Opens a file to {@code read}, to {@code write} as well, or one that has to be {@code new}. */
  private int open(Path path, String how) throws IOException {
    Set<OpenOption> options =
        new HashSet<>(Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    if (!how.equals("read")) {
      options.add(StandardOpenOption.WRITE);
    }
    if (how.equals("new")) {
      options.add(StandardOpenOption.CREATE_NEW);
    }
    FileChannel channel = FileChannel.open(path, options, permissions("rw-------"));
    MapMode mode = how.equals("read") ? MapMode.READ_ONLY : MapMode.READ_WRITE;
    descriptors.put(++numbers, new Descriptor(channel, mode, new HashMap<>()));
    return numbers;
  }

  /** Tries a record lock; of a length of 0 it reaches to the end, however long the file grows. */
  private static boolean lock(Descriptor of, long from, long length, boolean shared)
      throws IOException {
    try {
      FileLock got = of.channel.tryLock(from, length == 0 ? Long.MAX_VALUE : length, shared);
      if (got != null) {
        of.locks.put(from, got);
      }
      return got != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static ByteBuffer read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = channel.read(bytes, bytes.position());
    }
    return bytes.flip();
  }

  private static void write(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
    long from = at;
    while (bytes.hasRemaining()) {
      from += channel.write(bytes, from);
    }
  }

  private void onDescriptor(String name, JsonNode number, JsonNode first, JsonNode second)
      throws IOException {
    Descriptor of = of(number);
    FileChannel channel = of.channel;
    switch (name) {
      case "close" -> {
        descriptors.remove(number.asInt());
        channel.close();
      }
      case "unlock" ->
          Objects.requireNonNull(of.locks.remove(first.asLong()), "no lock there").release();
      case "zeros" -> write(channel, first.asLong(), ByteBuffer.allocate(second.asInt()));
      case "write" -> write(channel, first.asLong(), bytes(second));
      case "writeText" -> {
        FileChannel unused = channel.truncate(0);
        write(channel, 0, UTF_8.encode(first.asText()));
      }
      default -> channel.force(true);
    }
  }

  private static ByteBuffer bytes(JsonNode hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.asText()));
  }

  // Maps: each access to a number is volatile

  private int map(Descriptor of, long from, long length) throws IOException {
    ByteBuffer mapped = of.channel.map(of.mode, from, length).order(ByteOrder.nativeOrder());
    maps.put(++numbers, mapped);
    return numbers;
  }

  private @Nullable Object onMap(
      String name, JsonNode number, int at, JsonNode value, JsonNode second) {
    ByteBuffer map = Objects.requireNonNull(maps.get(number.asInt()), "no map");
    switch (name) {
      case "get64" -> {
        return hex((long) LONGS.getVolatile(map, at));
      }
      case "put64" -> LONGS.setVolatile(map, at, word(value));
      case "add64" -> {
        return hex((long) LONGS.getAndAdd(map, at, word(value)));
      }
      case "cas64" -> {
        return LONGS.compareAndSet(map, at, word(value), word(second));
      }
      case "get32" -> {
        return (int) INTS.getVolatile(map, at);
      }
      case "put32" -> INTS.setVolatile(map, at, value.asInt());
      case "getBytes" -> {
        byte[] bytes = new byte[value.asInt()];
        ByteBuffer unused = map.get(at, bytes);
        return HexFormat.of().formatHex(bytes);
      }
      case "putBytes" -> {
        ByteBuffer unused = map.put(at, bytes(value).array());
      }
      case "forget" -> maps.remove(number.asInt()); // unmapped as garbage
      default -> throw new IllegalArgumentException("no such call: " + name);
    }
    return null;
  }
}
