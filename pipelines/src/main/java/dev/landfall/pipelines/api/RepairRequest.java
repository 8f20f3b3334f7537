package dev.landfall.pipelines.api;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.List;

/** What a repair is asked for. Defaults: to say what it would do, to all tables. */
@AutoValue
public abstract class RepairRequest implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether to change the target; else nothing is changed. */
  public abstract boolean execute();

  /** Whether to delete rows that only the target has. */
  public abstract boolean deleteExtra();

  /** Names of source or target tables, with or without their schema; all tables when empty. */
  public abstract List<String> tables();

  /** A builder that has the defaults. */
  public static Builder builder() {
    return new AutoValue_RepairRequest.Builder()
        .setExecute(false)
        .setDeleteExtra(false)
        .setTables(List.of());
  }

  /** Builds requests. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Whether to change the target. */
    public abstract Builder setExecute(boolean execute);

    /** Whether to delete rows that only the target has. */
    public abstract Builder setDeleteExtra(boolean delete);

    /** The tables to look at. */
    public abstract Builder setTables(List<String> names);

    /** The request. */
    public abstract RepairRequest build();
  }
}
