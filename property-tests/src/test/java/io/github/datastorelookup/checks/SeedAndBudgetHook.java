package io.github.datastorelookup.checks;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives each property that names none its seed, drawn from the run's, and its number of tries, by
 * the budget.
 *
 * <p>jqwik has no setting for the seed of a whole run. Found through {@code META-INF/services}, so
 * it holds however the properties are started. Each property gets a seed of its own: its result
 * does not depend on which others run before it.
 */
public final class SeedAndBudgetHook implements AroundPropertyHook {
  private static final int SMOKE_TRIES = 1000;

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public int aroundPropertyProximity() {
    return -100;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyAttributes attributes = context.attributes();
    if (attributes.seed().isEmpty()) {
      String name = context.containerClass().getName() + "#" + context.targetMethod().getName();
      attributes.setSeed(Long.toString(Seed.current() ^ name.hashCode() * 0x9E3779B97F4A7C15L));
    }
    if (attributes.tries().isEmpty()) {
      attributes.setTries(Budget.current().times(SMOKE_TRIES));
    }
    return property.execute();
  }
}
