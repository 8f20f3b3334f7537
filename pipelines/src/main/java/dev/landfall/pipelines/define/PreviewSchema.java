package dev.landfall.pipelines.define;

import dev.landfall.pipelines.api.SchemaText;
import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.prepare.Changes.Extent;
import dev.landfall.pipelines.prepare.OddValueLook;
import dev.landfall.pipelines.prepare.Preparation;
import dev.landfall.pipelines.prepare.Prepared;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.TaskRunner;
import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.catalog.OddValueScan;
import dev.landfall.transforms.ddl.DdlScript;
import dev.landfall.transforms.ddl.TargetDdl;
import java.util.List;

/**
 * The target's DDL, read from the source's catalogue, and, where asked for, how many odd values the
 * source has at this moment and what a move would do about them. Changes nothing.
 *
 * @param scan whether to look for odd values, which reads the whole of every table that has columns
 *     of dates, texts or enums; the wish to stop and the end of the process cancel it
 */
public record PreviewSchema(boolean scan) implements Errand<SchemaText> {
  /** The DDL alone. */
  public PreviewSchema() {
    this(/* scan= */ false);
  }

  @Override
  public SchemaText perform(TaskRunner runner) {
    Prepared prepared = Preparation.prepare(runner.spec(), Extent.LOOK, runner.source());
    runner.preflight().require(Purpose.PREVIEW, prepared, /* anew= */ false);
    TargetDdl ddl = prepared.ddl();
    return new SchemaText(
        DdlScript.print(
            "Before the load",
            Statements.script(runner.spec(), Moment.BEFORE_TABLES),
            ddl.pre(),
            Statements.script(runner.spec(), Moment.BEFORE_LOAD)),
        DdlScript.print(
            "After the load",
            Statements.script(runner.spec(), Moment.AFTER_LOAD),
            ddl.post(),
            Statements.script(runner.spec(), Moment.AFTER_KEYS)),
        ddl.objects(),
        scan ? oddValues(runner, prepared) : null,
        prepared.changes().told());
  }

  private static List<OddCount> oddValues(TaskRunner runner, Prepared prepared) {
    OddValueLook look =
        new OddValueLook(runner.spec().source().connection(), OddValueScan.of(prepared.mapping()));
    return runner.wish().endedBy(look::stop, look::run);
  }
}
