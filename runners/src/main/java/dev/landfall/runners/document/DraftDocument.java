package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.landfall.pipelines.draft.Draft;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mapping init} says.
 *
 * @param output the file that was written, or null
 * @param spec what would have been written, where no file was
 */
public record DraftDocument(
    @Nullable String output,
    int tables,
    long columns,
    List<String> variables,
    @JsonInclude(Include.NON_NULL) @Nullable String spec) {
  /** Of a draft that was written to a file; null for none. */
  public static DraftDocument of(Draft draft, @Nullable Path file) {
    return new DraftDocument(
        file == null ? null : file.toString(),
        draft.tables(),
        draft.columns(),
        draft.variables(),
        file == null ? draft.text() : null);
  }
}
