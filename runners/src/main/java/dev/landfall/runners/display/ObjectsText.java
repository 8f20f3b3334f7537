package dev.landfall.runners.display;

import dev.landfall.runners.view.SourceObjects;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SchemaObject.Kind;
import dev.landfall.transforms.model.SchemaObject.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of each object of the source, as comments of SQL, so that it can stand behind a
 * script: a table, the texts of what is left to the user, and a sum. Of columns only those are
 * listed that are not the same.
 */
public final class ObjectsText {
  private static final int WIDTH = 100;
  private static final int LONGEST_NAME = 32;
  private static final String COMMENT = "-- ";
  static final String GAP = "  ";

  private ObjectsText() {}

  /** The lines. */
  public static List<String> lines(List<SchemaObject> objects) {
    List<SchemaObject> listed =
        objects.stream()
            .filter(o -> o.kind() != Kind.COLUMN || o.outcome() != Outcome.SAME)
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(COMMENT + "What becomes of each object");
    lines.add("");
    if (!listed.isEmpty()) {
      lines.addAll(table(listed));
      lines.add("");
    }
    for (SchemaObject object : listed) {
      if (object.source() != null) {
        lines.add(comment(object.kind().words() + " " + object.name() + ", left to you:"));
        object.source().lines().forEach(line -> lines.add(comment("    " + line)));
        lines.add("");
      }
    }
    lines.add(comment(SourceObjects.sum(objects)));
    return lines;
  }

  private static List<String> table(List<SchemaObject> objects) {
    int kind = width(objects.stream().map(o -> o.kind().words()).toList(), "kind", WIDTH);
    int name = width(objects.stream().map(SchemaObject::name).toList(), "name", LONGEST_NAME);
    int outcome = Outcome.LEFT.words().length();
    int before = kind + name + outcome + 3 * GAP.length();
    List<String> lines = new ArrayList<>();
    lines.add(row("kind", kind, "name", name, "outcome", outcome, "note"));
    for (SchemaObject object : objects) {
      List<String> note = wrapped(oneLine(object.note()), WIDTH - COMMENT.length() - before);
      String first = note.isEmpty() ? "" : note.get(0);
      String own = oneLine(object.name());
      if (own.codePointCount(0, own.length()) > name) {
        lines.add(comment(pad(object.kind().words(), kind) + GAP + own));
        lines.add(row("", kind, "", name, object.outcome().words(), outcome, first));
      } else {
        lines.add(
            row(object.kind().words(), kind, own, name, object.outcome().words(), outcome, first));
      }
      note.stream().skip(1).forEach(rest -> lines.add(comment(" ".repeat(before) + rest)));
    }
    return lines;
  }

  private static String row(
      String kind, int kinds, String name, int names, String outcome, int outcomes, String note) {
    return comment(
        pad(kind, kinds) + GAP + pad(name, names) + GAP + pad(outcome, outcomes) + GAP + note);
  }

  static int width(List<String> texts, String heading, int most) {
    int longest = texts.stream().mapToInt(t -> t.codePointCount(0, t.length())).max().orElse(0);
    return Math.min(most, Math.max(heading.length(), longest));
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }

  static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /** A line break in a name would end the comment and begin a statement. */
  static String comment(String text) {
    return (COMMENT + text.replaceAll("\\R", " ")).stripTrailing();
  }

  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }
}
