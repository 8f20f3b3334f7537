package dev.landfall.runners.cli;

import dev.landfall.transforms.MigrationException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The options that the user gave behind {@code --}, which are Beam's own. */
public final class BeamOptions {
  /** Beam repeats what it was given: only options that hold no more than a word or a number. */
  private static final Pattern HARMLESS = Pattern.compile("--\\w{1,40}(=[\\w.-]{0,20})?");

  private BeamOptions() {}

  /**
   * The options as a runner of that kind takes them.
   *
   * @throws MigrationException of kind USAGE for an option that Beam does not take
   */
  public static <T extends PipelineOptions> T parse(List<String> given, Class<T> kind) {
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
}
