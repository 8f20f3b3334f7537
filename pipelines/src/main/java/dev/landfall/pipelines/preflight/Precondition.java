package dev.landfall.pipelines.preflight;

import java.sql.SQLException;
import java.util.List;

/** Something that must be so of a target, and is looked at before anything is touched. */
interface Precondition {
  /**
   * What stands in the way: for each thing what it is, where, why it matters and what to do about
   * it, in sentences. Empty when all is well, and for commands that it does not concern.
   */
  List<String> look(Surroundings target) throws SQLException;
}
