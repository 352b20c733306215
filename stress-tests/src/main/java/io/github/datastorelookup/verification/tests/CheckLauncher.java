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
   * No database: a run depends on its seed alone, and writes nothing into the tree. The reports of
   * a property go to the listener, so that a failure file can show the shrunk sample.
   */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "jqwik.database", "",
          "jqwik.reporting.usejunitplatform", "true",
          "jqwik.reporting.onlyfailures", "true");

  /** A strong reference, as a collected logger loses its level. */
  private static final Logger JQWIK = Logger.getLogger("net.jqwik");

  static {
    // It logs at each start that it has no database.
    JQWIK.setLevel(Level.WARNING);
  }

  private CheckLauncher() {}

  /**
   * Runs the selected checks on the calling thread, with its context class loader. Reads no {@code
   * junit-platform.properties}: of the three modules' on one class path JUnit would take any one.
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
