package io.github.datastorelookup.verification.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hides the options of the run that a check belongs to: what it makes up has none. */
final class WithoutOptions implements BeforeEachCallback, AfterEachCallback {
  private static final List<String> OPTIONS = List.of("only", "race", "since", "failfast");

  private final Map<String, String> hidden = new HashMap<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    for (String option : OPTIONS) {
      String value = System.clearProperty(option);
      if (value != null) {
        hidden.put(option, value);
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    hidden.forEach(System::setProperty);
    hidden.clear();
  }
}
