package dev.landfall.pipelines.define;

import dev.landfall.pipelines.check.Purpose;
import dev.landfall.pipelines.run.Errand;
import dev.landfall.pipelines.run.Task;
import dev.landfall.pipelines.run.TaskContext;

/**
 * Runs parts of the DDL on the target. What is there already is left as it is.
 *
 * @param pre the part before the load: schemas, types, tables
 * @param post the part after the load: keys, indexes, identity columns' next values
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
    if (pre) {
      definitions.applyPre();
    }
    if (post) {
      definitions.applyPost();
      context.session().afterLoad();
    }
    return Done.DONE;
  }
}
