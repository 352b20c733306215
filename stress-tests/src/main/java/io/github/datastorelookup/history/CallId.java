package io.github.datastorelookup.history;

/**
 * What the lines of one call, and of the handle that it acquires, have in common.
 *
 * @param source the log that contains them
 * @param id their id in this log
 */
record CallId(String source, long id) {}
