package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.pipelines.spec.shape.Key;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.transforms.sql.PgStatements;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the spec's {@code sql}, and the files that it names. */
final class SpecStatementReader {
  private static final Shape.Items ENTRIES =
      Shape.listOf(
          Shape.anyOf(
              Shape.Scalar.NAME,
              Shape.fields(
                  key("file", Shape.Scalar.NAME, "A file of statements, relative to the spec.")
                      .required("the name of a file of statements."))));

  /** What it may say. */
  static final Shape.Fields SHAPE =
      Shape.fields(
          Stream.of(Moment.values())
              .map(moment -> key(moment.word(), ENTRIES, moment.description()))
              .toArray(Key[]::new));

  private final Path directory;
  private final Environment environment;

  /**
   * A reader.
   *
   * @param directory what names of files are relative to
   */
  SpecStatementReader(Path directory, Environment environment) {
    this.directory = directory;
    this.environment = environment;
  }

  List<SpecStatement> read(@Nullable YamlValue sql) {
    if (sql == null) {
      return List.of();
    }
    Map<String, YamlValue> fields = sql.fields();
    List<SpecStatement> read = new ArrayList<>();
    for (Moment moment : Moment.values()) {
      YamlValue list = fields.get(moment.word());
      if (list != null) {
        List<YamlValue> items = list.items();
        for (int i = 0; i < items.size(); i++) {
          statement(moment, i, items.get(i)).ifPresent(read::add);
        }
      }
    }
    return List.copyOf(read);
  }

  private Optional<SpecStatement> statement(Moment moment, int number, YamlValue item) {
    if (!item.isMap()) {
      return item.text().flatMap(text -> statement(moment, number, text, item, null));
    }
    YamlValue name = item.fields().get("file");
    if (name == null) {
      return Optional.empty();
    }
    return name.name()
        .flatMap(file -> path(file, name))
        .flatMap(
            file ->
                content(file, name).flatMap(text -> statement(moment, number, text, name, file)));
  }

  private static Optional<SpecStatement> statement(
      Moment moment, int number, String text, YamlValue at, @Nullable Path file) {
    SpecStatement statement = new SpecStatement(moment, number, text, at.at(), file);
    List<PgStatements.Statement> all = PgStatements.split(text);
    if (all.isEmpty()) {
      at.mistake("there is no statement" + (file == null ? "." : " in " + file + "."));
    }
    for (PgStatements.Statement one : all) {
      refusal(one)
          .ifPresent(
              why -> {
                String line = statement.line(one.offset());
                at.mistake((line.isEmpty() ? "" : line + ": ") + why);
              });
    }
    return Optional.of(statement);
  }

  /** Why something can't be done together with the note that it was. */
  private static Optional<String> refusal(PgStatements.Statement statement) {
    return statement
        .bounding()
        .map(
            command ->
                command
                    + ": each entry is a transaction of its own, with the note that it ran. Leave it"
                    + " out.")
        .or(
            () ->
                statement
                    .outside()
                    .map(
                        command ->
                            command
                                + " can't be part of a transaction, and each entry is one, with the"
                                + " note that it ran. Run it yourself, before or behind the command."))
        .or(
            () ->
                statement.copies()
                    ? Optional.of(
                        "COPY has no client here to take data from or give it to. Use INSERT, or a"
                            + " file of the server.")
                    : Optional.empty());
  }

  private Optional<Path> path(String name, YamlValue at) {
    try {
      return Optional.of(directory.resolve(name));
    } catch (InvalidPathException e) {
      at.mistake("this is no name of a file.");
      return Optional.empty();
    }
  }

  private Optional<String> content(Path file, YamlValue at) {
    String why;
    try {
      String text = environment.file(file);
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (NoSuchFileException e) {
      why = "does not exist";
    } catch (CharacterCodingException e) {
      why = "is not UTF-8 text";
    } catch (IOException e) {
      why = "can't be read (" + e.getMessage() + ")";
    }
    at.mistake("the file " + file + " " + why + ".");
    return Optional.empty();
  }
}
