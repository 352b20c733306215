package io.github.datastorelookup.port;

/**
 * Which file it is, whatever path leads there.
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
