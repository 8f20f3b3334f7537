package dev.landfall.runners.cli;

import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/** The options that the user gave behind {@code --}, which are Beam's own. */
public final class BeamOptions {
  /** Beam repeats what it was given: only options that hold no more than a word or a number. */
  private static final Pattern HARMLESS = Pattern.compile("--\\w{1,40}(=[\\w.-]{0,20})?");

  private static boolean complete;

  private BeamOptions() {}

  /**
   * The options as a runner of that kind takes them.
   *
   * @throws MigrationException of kind USAGE for an option that Beam does not take
   */
  public static <T extends PipelineOptions> T parse(List<String> given, Class<T> kind) {
    register(!given.isEmpty());
    try {
      return PipelineOptionsFactory.fromArgs(given.toArray(String[]::new))
          .withValidation()
          .as(kind);
    } catch (IllegalArgumentException e) {
      throw new MigrationException(
          MigrationException.Kind.USAGE,
          "Beam does not take what stands behind \"--\": "
              + (given.stream().allMatch(HARMLESS.asMatchPredicate())
                  ? String.valueOf(e.getMessage())
                  : "one of it is no option of Beam's, or has a value that it does not take.")
              + " Correct it, or leave it out. Nothing was touched.",
          e);
    }
  }

  /**
   * Lets Beam know the options of all its parts only where a user names one: it compares each with
   * all others as soon as its factory is touched, which takes a tenth of a whole short run. What a
   * part asks for itself is known when it asks.
   */
  private static synchronized void register(boolean all) {
    if (complete) {
      return;
    }
    if (all) {
      PipelineOptionsFactory.resetCache();
      complete = true;
    } else {
      Thread thread = Thread.currentThread();
      ClassLoader loader = thread.getContextClassLoader();
      thread.setContextClassLoader(new WithoutRegistrars(loader));
      try {
        PipelineOptionsFactory.getRegisteredOptions();
      } finally {
        thread.setContextClassLoader(loader);
      }
    }
  }

  /** Knows everything but who has options to register. */
  private static final class WithoutRegistrars extends ClassLoader {
    WithoutRegistrars(ClassLoader loader) {
      super(loader);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.endsWith(PipelineOptionsRegistrar.class.getName())
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
