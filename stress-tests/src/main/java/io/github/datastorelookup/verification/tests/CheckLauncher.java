package io.github.datastorelookup.verification.tests;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs checks on the JUnit platform: the same way for a layer and for a mutant. */
public final class CheckLauncher {
  /**
   * No database: a run depends on its seed alone, and writes nothing into the tree. What a property
   * reports goes to the listener, so that a failure file can show the shrunk sample.
   */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "jqwik.database", "",
          "jqwik.reporting.usejunitplatform", "true",
          "jqwik.reporting.onlyfailures", "true");

  /** Held here, as loggers that nobody holds forget their level. */
  private static final Logger JQWIK = Logger.getLogger("net.jqwik");

  static {
    // It tells at each start that it has no database.
    JQWIK.setLevel(Level.WARNING);
  }

  private CheckLauncher() {}

  /**
   * Runs what these select, and reads no {@code junit-platform.properties}: of the three modules'
   * on one class path JUnit would take any one. Uses the calling thread and its context class
   * loader.
   */
  public static CheckReport run(
      List<? extends DiscoverySelector> selectors, CheckObserver observer) {
    CheckListener listener = new CheckListener(observer);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectors)
            .enableImplicitConfigurationParameters(false)
            .configurationParameters(PARAMETERS)
            .listeners(listener)
            .build();
    Launcher launcher = LauncherFactory.create();
    TestPlan plan = launcher.discover(request);
    launcher.execute(plan, listener);
    return listener.report();
  }
}
