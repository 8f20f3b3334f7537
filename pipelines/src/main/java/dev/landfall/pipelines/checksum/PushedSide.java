package dev.landfall.pipelines.checksum;

import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.read.RowBatch;
import java.sql.SQLException;

/** A side of which the database itself computes some digests: those come as they are. */
final class PushedSide implements Side {
  private static final long serialVersionUID = 1L;

  private final Side side;
  private final Pushdown pushdown;

  PushedSide(Side side, Pushdown pushdown) {
    this.side = side;
    this.pushdown = pushdown;
  }

  @Override
  public int table(int position) {
    return side.table(position);
  }

  @Override
  public boolean pushed(int position) throws SQLException {
    return pushdown.takes(table(position));
  }

  @Override
  public void rows(RowBatch batch, Receiver receiver) throws SQLException {
    if (pushed(batch.table())) {
      receiver.rows(new TargetPosition(table(batch.table()), 0), batch.rows());
    } else {
      side.rows(batch, receiver);
    }
  }
}
