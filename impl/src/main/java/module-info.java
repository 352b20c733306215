/**
 * A cached datastore lookup that stays correct across threads, processes and {@code kill -9}.
 *
 * <p>Programs use {@link io.github.datastorelookup} and {@link io.github.datastorelookup.config},
 * and open a registry on {@link io.github.datastorelookup.posix.PosixPorts}. The packages {@code
 * port}, {@code jvm} and {@code memory} are a service provider interface: for programs that bring
 * ports of their own, and for tests. The command {@code inspect} is not exported.
 */
module io.github.datastorelookup {
  requires static transitive org.jspecify;

  exports io.github.datastorelookup;
  exports io.github.datastorelookup.config;
  exports io.github.datastorelookup.jvm;
  exports io.github.datastorelookup.memory;
  exports io.github.datastorelookup.port;
  exports io.github.datastorelookup.posix;
}
