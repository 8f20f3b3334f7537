package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.MappingConverter;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.read.RowBatch;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts what is read of the source as the load does. */
final class SourceSide implements Side {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final Rejects rejects;
  private transient @Nullable MappingConverter converter;

  /** Whether to tell of a table's rows that can't be converted. */
  @FunctionalInterface
  interface Rejects extends Serializable {
    boolean told(int table) throws SQLException;
  }

  /**
   * @param rejects whether to tell of rows that can't be converted: once in a comparison, however
   *     often their pieces are read
   */
  SourceSide(Mapping mapping, Rejects rejects) {
    this.mapping = mapping;
    this.rejects = rejects;
  }

  @Override
  public int table(int position) {
    return position;
  }

  @Override
  public void rows(RowBatch batch, Receiver receiver) throws SQLException {
    MappingConverter ready = converter;
    if (ready == null) {
      ready = new MappingConverter(mapping);
      converter = ready;
    }
    ConvertedBatch converted = ready.convert(batch);
    List<TargetPosition> targets = mapping.writtenBy(batch.table());
    for (int target = 0; target < targets.size(); target++) {
      receiver.rows(targets.get(target), converted.targets().get(target));
    }
    receiver.filtered(converted.filtered() + batch.others());
    if (!converted.rejects().isEmpty() && rejects.told(batch.table())) {
      for (int target = 0; target < targets.size(); target++) {
        receiver.rejects(new TargetPosition(batch.table(), target), converted.rejects(target));
      }
    }
  }
}
