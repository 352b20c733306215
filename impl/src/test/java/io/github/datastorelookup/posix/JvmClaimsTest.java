package io.github.datastorelookup.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.port.FileIdentity;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which holder has a file, and what other copies of the library in this JVM see of it. */
@Tag("INV-4")
final class JvmClaimsTest {
  // Of no file: devices have small numbers.
  private static final FileIdentity FILE = new FileIdentity(-7, -8);
  private static final String KEY = JvmClaims.PREFIX + FILE;

  private final Properties properties = System.getProperties();
  private final Object holder = new Object();
  private final String process = ProcessId.self(ProcessId.PROC) + " ";

  @AfterEach
  void release() {
    JvmClaims.release(FILE, holder);
    properties.remove(KEY);
  }

  @Test
  void claim_free_isHeldAndSeenUntilItsHolderReleasesIt() {
    assertFalse(JvmClaims.holds(FILE));
    assertTrue(JvmClaims.claim(FILE, holder));
    assertTrue(JvmClaims.holds(FILE));
    assertTrue(String.valueOf(properties.get(KEY)).startsWith(process));
    assertFalse(JvmClaims.claim(FILE, holder), "even for the same one");
    assertFalse(JvmClaims.claim(FILE, new Object()));
    JvmClaims.release(FILE, new Object());
    assertTrue(JvmClaims.holds(FILE), "released by its holder only");
    assertNotNull(properties.get(KEY));
    JvmClaims.release(FILE, holder);
    assertFalse(JvmClaims.holds(FILE));
    assertNull(properties.get(KEY));
  }

  @Test
  @Tag("kills:claims-of-other-class-loaders-not-seen")
  void claim_ofAnotherCopyInThisJvm_isHeldAndStays() {
    String theirs = process + "0123456789abcdef";
    properties.put(KEY, theirs);
    assertTrue(JvmClaims.holds(FILE));
    assertFalse(JvmClaims.claim(FILE, holder));
    JvmClaims.release(FILE, holder);
    assertEquals(theirs, properties.get(KEY));
    properties.remove(KEY);
    assertTrue(JvmClaims.claim(FILE, holder), "the refused one left nothing");
  }

  /**
   * Properties are handed on to other processes, put back by test frameworks, and not always text.
   */
  @Test
  void claim_valueThatIsNoClaimOfAnotherCopy_isTaken() {
    assertTrue(JvmClaims.claim(FILE, holder));
    String mine = Objects.requireNonNull(properties.getProperty(KEY));
    JvmClaims.release(FILE, holder);
    for (Object stale : new Object[] {mine, "1" + process + "0123456789abcdef", "", 7}) {
      properties.put(KEY, stale);
      assertFalse(JvmClaims.holds(FILE), () -> "stale=" + stale);
      assertTrue(JvmClaims.claim(FILE, holder), () -> "stale=" + stale);
      assertEquals(mine, properties.get(KEY));
      JvmClaims.release(FILE, holder);
    }
  }
}
