package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Device numbers as the C library's makedev(3) makes them: 12 and 20 bits each, in two pieces. */
final class DeviceNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0x0000000000000801, 8, 1",
    "0x000000000000fd01, 253, 1",
    "0x0000000000010300, 259, 0", // the first number of NVMe disks
    "0x00000000000fffff, 4095, 255",
    "0x0000000000100800, 8, 256",
    "0x00000fffffffffff, 4095, 4294967295",
    "0x00001000000000ff, 4096, 255",
    "0xfffff000000fff00, 4294967295, 0",
  })
  void numbers_areSplitAsTheCLibraryDoes(String device, long major, long minor) {
    long number = Long.parseUnsignedLong(device.substring(2), 16);
    assertEquals(major, DeviceNumber.major(number));
    assertEquals(minor, DeviceNumber.minor(number));
  }
}
