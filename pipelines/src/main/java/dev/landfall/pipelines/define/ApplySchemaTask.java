package dev.landfall.pipelines.define;

import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;
import dev.landfall.pipelines.spec.SpecStatement.Moment;
import dev.landfall.transforms.ledger.Snapshot;

/**
 * Runs parts of the DDL on the target, and the spec's statements that belong to them. What is there
 * already is left as it is.
 *
 * @param pre the part before the load: schemas, types, tables
 * @param post the part after the load: keys, indexes, identity columns' next values; where nothing
 *     is loaded yet, statements behind it are left to the load
 */
public record ApplySchemaTask(boolean pre, boolean post) implements Task<Errand.Done> {
  @Override
  public String command() {
    return "schema";
  }

  @Override
  public Purpose purpose() {
    return Purpose.SCHEMA;
  }

  @Override
  public Done run(TaskContext context) {
    Definitions definitions = Definitions.of(context);
    Statements statements = Statements.of(context);
    if (pre) {
      statements.run(Moment.BEFORE_TABLES);
      definitions.applyPre();
    }
    if (post) {
      definitions.applyPost();
      context.session().afterLoad();
      if (context.progress().tables().stream().allMatch(Snapshot.Table::done)) {
        statements.run(Moment.AFTER_KEYS);
      }
    }
    return Done.DONE;
  }
}
