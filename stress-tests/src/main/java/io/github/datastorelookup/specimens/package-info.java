/**
 * The past, proposed and present lookups of Proxmox Backup Server (PBS): four algorithms, written
 * anew from descriptions of their behaviour, to compare with and to show their flaws.
 *
 * <p>They run on the same ports as the library, but count their operations as PBS does, in a JSON
 * file for each datastore. {@code docs/upstream.md} lists the flaws P1 to P17. Nothing here is
 * repaired; nothing here is part of the library.
 */
@NullMarked
package io.github.datastorelookup.specimens;

import org.jspecify.annotations.NullMarked;
