package dev.landfall.pipelines.spec;

import dev.landfall.pipelines.spec.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns YAML 1.2 text into nodes that know their place. What the parser says is never repeated
 * where it could quote the text: a password that YAML stumbles over must not be shown.
 */
final class YamlDocument {
  /** Several times what thousands of tables need, each with all of its columns. */
  static final int MOST_BYTES = 8 << 20;

  private static final int MOST_LEVELS = 100;

  /** As many keys and values as a heap of 512 MiB has room for. */
  private static final int MOST_NODES = 1_000_000;

  private YamlDocument() {}

  /** The document's root; empty for an empty document or, with the mistakes noted, a wrong one. */
  static Optional<YamlValue> parse(String text, Shape shape, String file, Mistakes mistakes) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setSchema(new CoreSchema())
              .setLabel(file)
              .setCodePointLimit(MOST_BYTES)
              .build();
      Optional<Located<String>> much = tooMuch(settings, text, file);
      if (much.isPresent()) {
        mistakes.add(much.get().at(), much.get().value());
        return Optional.empty();
      }
      return new Compose(settings)
          .composeString(text)
          .map((Node root) -> new YamlValue(root, shape, file, "", mistakes));
    } catch (MarkedYamlEngineException e) {
      noteSyntax(e, text, file, mistakes);
    } catch (YamlEngineException e) {
      mistakes.add(
          controlCharacter(text, file),
          "there is a control character, which YAML does not allow. Remove it.");
    }
    return Optional.empty();
  }

  /** Where there is more than whoever reads all of it, level by level, has room for. */
  private static Optional<Located<String>> tooMuch(
      LoadSettings settings, String text, String file) {
    int level = 0;
    int nodes = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      level +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      nodes++;
      if (level > MOST_LEVELS || nodes > MOST_NODES) {
        String what =
            level > MOST_LEVELS
                ? "lists and maps are more than "
                    + MOST_LEVELS
                    + " levels deep here; no part of a spec is. Look at the brackets."
                : "the spec has more than " + MOST_NODES + " keys and values. Make several of it.";
        return Optional.of(
            new Located<>(
                what,
                event
                    .getStartMark()
                    .map(at -> new Location(file, at.getLine() + 1, at.getColumn() + 1, ""))
                    .orElse(new Location(file, 1, 1, ""))));
      }
    }
    return Optional.empty();
  }

  private static void noteSyntax(
      MarkedYamlEngineException e, String text, String file, Mistakes mistakes) {
    Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
    int line = mark == null ? 1 : mark.getLine() + 1;
    List<Location> tabs = tabs(text, file);
    tabs.forEach(
        at ->
            mistakes.add(
                at, "a tab stands in the indentation; YAML takes only spaces. Use spaces."));
    if (tabs.stream().noneMatch(at -> at.line() == line)) {
      int column = mark == null ? 1 : mark.getColumn() + 1;
      mistakes.add(new Location(file, line, column, ""), words(e.getContext(), e.getProblem()));
    }
  }

  /** The parser's words without anything of the text. */
  private static String words(@Nullable String context, String problem) {
    if (context != null && context.contains("single document")) {
      return "a second YAML document starts here; a spec is one document.";
    }
    if (problem.contains("alias") || problem.contains("anchor")) {
      return "a value that starts with * or & is an alias or anchor in YAML, and this is none."
          + " Put the value in quotes.";
    }
    if (problem.contains(" tag ") || problem.contains("tag handle")) {
      return "a value that starts with ! is a tag in YAML, and this is none. Put the value in"
          + " quotes.";
    }
    if (problem.contains("escape")) {
      return "a backslash in double quotes starts an escape, and this is none. Use single quotes.";
    }
    if (problem.contains("cannot start any token")) {
      return "a value can't start with this character in YAML. Put the value in quotes.";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a key is not allowed here: the indentation is wrong, or a text with \": \" in it"
          + " needs quotes.";
    }
    int found = problem.indexOf(", but ");
    return "not valid YAML: "
        + (found < 0 ? "it can't be read" : problem.substring(0, found))
        + " here. Look at the indentation, quotes and brackets here and in the lines above.";
  }

  private static List<Location> tabs(String text, String file) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(i -> !lines.get(i).isBlank())
        .mapToObj(
            i -> {
              String indent = lines.get(i).replaceFirst("[^ \\t].*", "");
              return new Location(file, i + 1, indent.indexOf('\t') + 1, "");
            })
        .filter(at -> at.column() > 0)
        .toList();
  }

  private static Location controlCharacter(String text, String file) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        column = 1;
        continue;
      }
      if ((c < ' ' && c != '\t' && c != '\r') || (c >= 0x7f && c < 0xa0 && c != 0x85)) {
        break;
      }
      column++;
    }
    return new Location(file, line, column, "");
  }
}
