package io.github.datastorelookup.port;

/**
 * The identity of a file, independent of the paths that lead to it.
 *
 * @param device number of the file system
 * @param inode number of the file in it
 */
public record FileIdentity(long device, long inode) {
  @Override
  public String toString() {
    return device + ":" + inode;
  }
}
