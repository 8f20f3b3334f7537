package dev.landfall.runners.cli;

import dev.landfall.runners.display.Console;
import dev.landfall.runners.display.Terminal;
import dev.landfall.runners.document.Documents;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts on standard output what a command has to show.
 *
 * @param json whether a program reads it: it gets documents and nothing else
 */
public record Printer(Console console, boolean json) {
  /** The document for a program, the lines for a person. */
  public void show(Supplier<?> document, Function<Terminal, List<String>> lines) {
    document(document);
    if (!json) {
      lines.apply(console.outTerminal()).forEach(console.out()::println);
    }
  }

  /** What a person is told elsewhere. */
  public void document(Supplier<?> document) {
    if (json) {
      console.out().println(Documents.line(document.get()));
    }
  }
}
