package dev.landfall.runners.command;

import dev.landfall.pipelines.draft.Draft;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.Masking;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Drafts a spec, where nothing stands in the way of writing it. Apart from {@link InitCommand},
 * which every command line loads with all that its methods name.
 */
final class DraftFile {
  /** In the place of a target that nobody named, and that nobody asks. */
  private static final String NO_TARGET = "postgresql://nowhere/none";

  private final CommonOptions common;
  private final boolean scan;

  DraftFile(CommonOptions common, boolean scan) {
    this.common = common;
    this.scan = scan;
  }

  /**
   * Refuses what can't work whatever the databases say.
   *
   * @param file where to write; null for nowhere
   */
  void check(@Nullable Path file, boolean force) {
    Path spec = common.given();
    if (spec != null && (common.source() != null || common.target() != null)) {
      throw usage(
          "Give -c FILE, whose databases stay as it says, or --source URL and --target URL.");
    }
    if (spec == null && common.source() == null) {
      throw usage(
          "Which source? Give --source URL, and --target URL if there is a target yet; or -c FILE, a"
              + " spec that has no mappings.");
    }
    if (file == null) {
      return;
    }
    if (Files.exists(file) && !force) {
      throw usage(
          Masking.value(file.toString())
              + " is there already. Name another file with --output, or give --force to write over"
              + " it. Nothing was written.");
    }
    OutputFile.requireWritable(file);
  }

  /** Looks at the databases. */
  Draft make() {
    Environment environment = Environment.ofProcess();
    Path file = common.given();
    if (file == null) {
      String source = String.valueOf(common.source());
      String target = common.target();
      Spec spec = SpecReader.ofUrls(source, target == null ? NO_TARGET : target, environment);
      return Draft.ofUrls(spec, source, target, scan);
    }
    String text = SpecReader.content(file);
    Spec spec = SpecReader.read(text, file, null, null, environment);
    if (!spec.mappings().isEmpty()) {
      throw usage(
          "The spec "
              + Masking.value(file.toString())
              + " has mappings already, and init would write them all. Take them out of it first, or"
              + " give --source and --target.");
    }
    if (!spec.secretsThatStay().isEmpty()) {
      throw usage(
          "The spec "
              + Masking.value(file.toString())
              + " has a secret written out, which would be written again. Write ${NAME} in its place,"
              + " or give --source and --target.");
    }
    Draft draft = Draft.behind(text, spec, scan);
    SpecReader.read(draft.text(), file, null, null, environment);
    return draft;
  }

  private static MigrationException usage(String message) {
    return new MigrationException(Kind.USAGE, message);
  }
}
