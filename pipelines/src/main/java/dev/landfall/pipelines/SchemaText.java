package dev.landfall.pipelines;

import java.util.List;

/**
 * The target's DDL.
 *
 * @param pre statements to run before the load, each ended by a semicolon
 * @param post statements to run after the load
 * @param notes what a person should know: choices made, things left out
 */
public record SchemaText(String pre, String post, List<String> notes) {
  public SchemaText {
    notes = List.copyOf(notes);
  }
}
