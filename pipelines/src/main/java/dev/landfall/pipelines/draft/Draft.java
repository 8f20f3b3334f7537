package dev.landfall.pipelines.draft;

import dev.landfall.pipelines.prepare.OddValueLook;
import dev.landfall.pipelines.prepare.Outline;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.catalog.OddValueScan;
import dev.landfall.transforms.choose.ProvedTypes;
import dev.landfall.transforms.choose.TypeMapper;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.SourceCatalog;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.SourceTable;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A spec that says of every table and column what becomes of it without one, for somebody to edit:
 * read as it is, it gives the same mapping. It holds no secret.
 *
 * @param text the file's text
 * @param tables how many tables it has
 * @param columns how many columns
 * @param variables the environment variables that it needs beside those that were typed
 */
public record Draft(String text, int tables, long columns, List<String> variables) {
  public Draft {
    variables = List.copyOf(variables);
  }

  /**
   * Drafts the mappings of URLs.
   *
   * @param spec what the URLs say; where no target was named, one that is never asked
   * @param source the source's URL as it was typed
   * @param target the target's; null where none was named
   * @param scan whether to count odd values, which reads the source's tables
   */
  public static Draft ofUrls(Spec spec, String source, @Nullable String target, boolean scan) {
    Outline outline = target == null ? Outline.ofSource(spec) : Outline.of(spec);
    String table =
        outline.mapping().tables().stream()
            .map(mapping -> mapping.source().name().table())
            .filter(name -> name.matches("\\w+"))
            .findFirst()
            .orElse("orders");
    return of(
        spec,
        outline,
        target != null,
        scan,
        HeadText.of(spec, source, target, table),
        HeadText.variables(spec, target != null));
  }

  /**
   * Drafts the mappings behind a spec that has none.
   *
   * @param text the spec's text, which stays as it is
   */
  public static Draft behind(String text, Spec spec, boolean scan) {
    String head = (text.endsWith("\n") ? text : text + "\n") + HeadText.mappings();
    return of(spec, Outline.of(spec), true, scan, head, List.of());
  }

  private static Draft of(
      Spec spec,
      Outline outline,
      boolean looked,
      boolean scan,
      String head,
      List<String> variables) {
    List<TableMapping> tables = outline.mapping().tables();
    boolean several = spec.databases().size() > 1;
    boolean prefixed = tables.stream().map(t -> t.source().name().schema()).distinct().count() > 1;
    ObjectNotes notes = new ObjectNotes(outline.ddl().objects());
    Map<TableName, List<OddCount>> counts = scan ? counts(spec, outline) : Map.of();
    BiPredicate<SourceTable, SourceColumn> depends =
        looked ? (table, column) -> false : dependsOnTarget(outline.catalog());
    // Chosen types are looked at value by value where such a rule is set for all.
    boolean types = !spec.rules().policies().containsKey(OddValue.OUT_OF_RANGE);
    StringBuilder text = new StringBuilder(head);
    for (TableMapping table : tables) {
      TableName name = table.source().name();
      new TableText(
              table,
              notes.of(table.source(), prefixed),
              counts.getOrDefault(name, List.of()),
              depends,
              types)
          .append(several ? name.toString() : name.table(), text);
    }
    if (!notes.others().isEmpty()) {
      text.append("\n# Of no table (\"landfall schema\" has the texts of what is left to you):\n");
      notes.others().forEach(n -> text.append("# ").append(YamlText.comment(n)).append('\n'));
    }
    long columns = tables.stream().mapToLong(t -> t.targets().get(0).columns().size()).sum();
    return new Draft(text.toString(), tables.size(), columns, variables);
  }

  private static Map<TableName, List<OddCount>> counts(Spec spec, Outline outline) {
    Map<TableName, List<OddCount>> counts = new HashMap<>();
    new OddValueLook(spec.source().connection(), OddValueScan.of(outline.mapping()))
        .run()
        .forEach(count -> counts.computeIfAbsent(count.table(), t -> new ArrayList<>()).add(count));
    return counts;
  }

  /** Whether extensions of the target make another type of a column. */
  private static BiPredicate<SourceTable, SourceColumn> dependsOnTarget(SourceCatalog catalog) {
    TypeMapper without = new TypeMapper(catalog.product(), ProvedTypes.NONE, Set.of());
    TypeMapper with =
        new TypeMapper(catalog.product(), ProvedTypes.NONE, Set.of("geometry", "vector"));
    return (table, column) ->
        !with.map(table, column).type().equals(without.map(table, column).type());
  }
}
