package dev.landfall.runners;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.report.Report;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.report.ReportDocument;
import dev.landfall.runners.report.ReportHtml;
import dev.landfall.runners.report.ReportJson;
import dev.landfall.runners.report.SpecText;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ThisProcess;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description =
        "Writes what was moved, and what shows that it arrived, as a page and a document.",
    footer = {
      "",
      "Without -o and --json: NAME-report.html and NAME-report.json in this directory. What is there",
      "is replaced. The source may be gone: the report says so then. Exit code 0: written, whatever",
      "the verdict in it is.",
    })
final class ReportCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write it: .html for the page, .json for the document; may be repeated")
  private List<Path> outputs = new ArrayList<>();

  ReportCommand(Session session) {
    super(session);
  }

  @Override
  int run(Migration migration) {
    outputs.forEach(ReportCommand::requireWritable);
    List<Path> files = files(migration.name());
    Report report = migration.report();
    ReportDocument document = new ReportDocument(report, spec(), written());
    String json = ReportJson.of(document);
    for (Path file : files) {
      write(file, isJson(file) ? json : ReportHtml.of(document, json));
      if (!common.json()) {
        session.console().out().println(file);
      }
    }
    if (common.json()) {
      session.console().out().print(json);
      session.console().out().flush();
    }
    return ExitCodes.DONE;
  }

  private List<Path> files(String name) {
    if (!outputs.isEmpty() || common.json()) {
      return outputs;
    }
    // A name is any text; a file's is not.
    String base = name.replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-report";
    List<Path> files = List.of(Path.of(base + ".html"), Path.of(base + ".json"));
    files.forEach(ReportCommand::requireWritable);
    return files;
  }

  private static boolean isJson(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /** Before anything is asked: a report of many tables takes a while. */
  private static void requireWritable(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".htm") && !name.endsWith(".json")) {
      throw usage(file, "the name must end in .html for the page or .json for the document.");
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw usage(file, "there is no directory " + directory + ". Make it first, or name another.");
    }
    if (Files.isDirectory(file) || !Files.isWritable(directory)) {
      throw usage(file, "it can't be written there. Name another file.");
    }
  }

  private static MigrationException usage(Path file, String why) {
    return new MigrationException(
        MigrationException.Kind.USAGE, "--output " + file + ": " + why + " Nothing was written.");
  }

  /** Whole or not at all: whoever opens the file meanwhile sees the one before. */
  private static void write(Path file, String text) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path beside = Files.createTempFile(directory, ".landfall-report-", ".tmp");
      try {
        Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
        readable(beside);
        Files.move(beside, file.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new MigrationException(
          MigrationException.Kind.FAILED,
          "The report could not be written to "
              + file
              + ": "
              + e
              + ". Make room or name another file with -o, and run the same command again.",
          e);
    }
  }

  /** A temporary file is its owner's only; a report is meant to be handed on within a team. */
  private static void readable(Path file) throws IOException {
    try {
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r-----"));
    } catch (UnsupportedOperationException e) {
      // A file system without such permissions has its own rules.
    }
  }

  private SpecText spec() {
    Path file = common.config();
    StringBuilder text = new StringBuilder();
    if (file == null) {
      text.append("source: ").append(common.source()).append('\n');
      text.append("target: ").append(common.target()).append('\n');
    } else {
      text.append(given("--source", common.source()))
          .append(given("--target", common.target()))
          .append(SpecReader.content(file));
    }
    return SpecText.masked(text.toString(), secrets(SpecMigrationFactory.read(common)));
  }

  private static String given(String option, @Nullable String url) {
    return url == null ? "" : "# given with " + option + ": " + url + "\n";
  }

  private static List<String> secrets(Spec spec) {
    return Stream.of(spec.source().connection(), spec.target().connection())
        .flatMap(ReportCommand::secrets)
        .toList();
  }

  private static Stream<String> secrets(ConnectionSettings connection) {
    return Stream.concat(
            Stream.ofNullable(connection.password()), connection.secrets().values().stream())
        .map(secret -> secret.reveal());
  }

  private static ReportDocument.Written written() {
    String version = Landfall.class.getPackage().getImplementationVersion();
    return new ReportDocument.Written(
        System.getProperty("user.name") + "@" + ThisProcess.host(),
        version == null ? "(not built into a jar)" : version,
        Runtime.version().toString(),
        ReleaseInfo.getReleaseInfo().getVersion());
  }
}
