package dev.landfall.pipelines.prepare;

import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.ddl.TargetDdl;
import dev.landfall.transforms.ddl.TargetStyle;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.SourceCatalog;
import java.sql.SQLException;
import java.util.Set;

/**
 * What a spec comes to, for whoever only wants to know.
 *
 * @param catalog the source's tables
 * @param mapping the mapping; tables of the user's own are as they are there
 * @param ddl the definitions of the others
 */
public record Outline(SourceCatalog catalog, Mapping mapping, TargetDdl ddl) {
  /** Of the source and the target. Reads only. */
  public static Outline of(Spec spec) {
    Prepared prepared = Preparation.prepare(spec, Extent.LOOK, new SameSource(spec));
    return new Outline(prepared.catalog(), prepared.promised(), prepared.ddl());
  }

  /**
   * Of the source alone, for a target that has nothing: no table, no extension. The spec's target
   * is not asked.
   */
  public static Outline ofSource(Spec spec) {
    try {
      SourceCatalog catalog = SourceLook.read(spec);
      Resolution resolution = new Resolution(spec, catalog, Begun.NOTHING);
      Mapping named = resolution.named();
      Preparation.requireTables(spec, named);
      Mapping mapping = resolution.resolved(resolution.prove(Set.copyOf(Preparation.names(named))));
      TargetStyle style = new TargetStyle(spec.target().names(), TargetStyle.DEFAULT.icu());
      return new Outline(catalog, mapping, TargetDdl.of(mapping, catalog, style));
    } catch (SQLException e) {
      throw Preparation.failed("Looking at the source failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrationException(MigrationException.Kind.STOPPED, "Stopped before the end.", e);
    }
  }
}
