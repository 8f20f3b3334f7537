package dev.landfall.runners.command;

import dev.landfall.pipelines.Migration;
import dev.landfall.pipelines.report.MakeReport;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.runners.cli.CommonOptions;
import dev.landfall.runners.cli.Version;
import dev.landfall.runners.display.Console;
import dev.landfall.runners.report.ReportDocument;
import dev.landfall.runners.report.ReportHtml;
import dev.landfall.runners.report.ReportJson;
import dev.landfall.runners.report.SpecText;
import dev.landfall.transforms.ThisProcess;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Makes a report and writes it where it was asked for. Apart from {@link ReportCommand}, which
 * every command line loads with all that its methods name.
 */
final class ReportFiles {
  private final CommonOptions common;
  private final List<Path> outputs;

  ReportFiles(CommonOptions common, List<Path> outputs) {
    this.common = common;
    this.outputs = List.copyOf(outputs);
  }

  /** Writes files, or the document on standard output. */
  void write(Migration migration, Console console) {
    List<Path> files = files(migration.name());
    files.forEach(ReportFiles::requireWritable);
    ReportDocument document =
        new ReportDocument(migration.perform(new MakeReport()), spec(), written());
    String json = ReportJson.of(document);
    for (Path file : files) {
      OutputFile.write(file, "The report", isJson(file) ? json : ReportHtml.of(document, json));
      if (!common.json()) {
        console.out().println(file);
      }
    }
    if (common.json()) {
      console.out().print(json);
      console.out().flush();
    }
  }

  private List<Path> files(String name) {
    if (!outputs.isEmpty() || common.json()) {
      return outputs;
    }
    // A name is any text; a file's is not.
    String base = name.replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-report";
    return List.of(Path.of(base + ".html"), Path.of(base + ".json"));
  }

  private static boolean isJson(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
  }

  /** Before anything is asked: a report of many tables takes a while. */
  private static void requireWritable(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".htm") && !name.endsWith(".json")) {
      throw OutputFile.usage(
          file, "the name must end in .html for the page or .json for the document.");
    }
    OutputFile.requireWritable(file);
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
        .flatMap(ReportFiles::secrets)
        .toList();
  }

  private static Stream<String> secrets(ConnectionSettings connection) {
    return Stream.concat(
            Stream.ofNullable(connection.password()), connection.secrets().values().stream())
        .map(Secret::reveal);
  }

  private static ReportDocument.Written written() {
    return new ReportDocument.Written(
        System.getProperty("user.name") + "@" + ThisProcess.host(),
        Version.number(),
        Runtime.version().toString(),
        ReleaseInfo.getReleaseInfo().getVersion());
  }
}
