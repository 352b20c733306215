package io.github.datastorelookup.posix;

/** The two parts of a Linux device number, as {@code stat} gives it in 64 bits. */
final class DeviceNumber {
  private DeviceNumber() {}

  /** The number of the driver. */
  static long major(long device) {
    return (device >>> 8 & 0xfff) | (device >>> 32 & 0xfffff000L);
  }

  /** The number of the device within its driver. */
  static long minor(long device) {
    return (device & 0xff) | (device >>> 12 & 0xffffff00L);
  }
}
