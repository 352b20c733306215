/**
 * The layers whose checks run on the JUnit platform: what is planned, what ran, and why it failed.
 */
@NullMarked
package io.github.datastorelookup.verification.tests;

import org.jspecify.annotations.NullMarked;
