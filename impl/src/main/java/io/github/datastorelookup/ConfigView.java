package io.github.datastorelookup;

import io.github.datastorelookup.config.DatastoreSection;
import java.util.List;

/**
 * The config as a lookup saw it at one moment. Immutable.
 *
 * @param sections in the order of the file; unmodifiable
 * @param digest SHA-256 of the file, in hexadecimal: the expected digest of an {@link
 *     DatastoreRegistry#update update} that is based on this view
 */
public record ConfigView(List<DatastoreSection> sections, String digest) {}
