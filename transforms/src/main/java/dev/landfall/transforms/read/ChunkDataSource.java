package dev.landfall.transforms.read;

import dev.landfall.transforms.jdbc.ForwardingDataSource;
import dev.landfall.transforms.jdbc.Pools;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.sql.BoundQuery;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link org.apache.beam.sdk.io.jdbc.JdbcIO#readAll} read chunks of any table. JdbcIO knows
 * one query for all its elements, calls its row mapper for each row, and not at all when there is
 * none. The connections of this data source prepare the query of the chunk that the parameter
 * setter names, and their result sets have batches in the place of rows. So a job has one reading
 * step however many tables it moves, and a chunk without rows still gives a batch.
 */
final class ChunkDataSource extends ForwardingDataSource {
  private final ChunkQueries queries;
  private final StopSignal stop;
  private final int batchBytes;
  private final @Nullable ReadGate gate;

  ChunkDataSource(
      Supplier<DataSource> pool,
      ChunkQueries queries,
      StopSignal stop,
      int batchBytes,
      @Nullable ReadGate gate) {
    super(pool);
    this.queries = queries;
    this.stop = stop;
    this.batchBytes = batchBytes;
    this.gate = gate;
  }

  /** Names the chunk that a statement of this data source is to read. */
  static void setChunk(Chunk chunk, PreparedStatement statement) throws SQLException {
    statement.unwrap(ChunkStatement.class).chunk = chunk;
  }

  /** The batch that a result set of this data source stands on. */
  static RowBatch batch(ResultSet results) throws SQLException {
    return results.unwrap(BatchCursor.class).next();
  }

  /** What that makes of all batches of a result set of this data source, which then has none. */
  static <T> T reduce(ResultSet results, ChunkReduction<T> reduction)
      throws SQLException, InterruptedException {
    BatchCursor batches = results.unwrap(BatchCursor.class);
    batches.useAgain();
    T reduced = reduction.reduce(batches);
    batches.end();
    return reduced;
  }

  @Override
  public Connection getConnection() throws SQLException {
    // A runner may keep the connection longer than anything else that the pools are open for.
    Runnable leave = enter();
    Pools.Lease lease = Pools.lease();
    try {
      Connection connection = pooled();
      return proxy(
          Connection.class,
          connection,
          (method, arguments) ->
              switch (method.getName()) {
                case "prepareStatement" -> new ChunkStatement(connection).proxy();
                case "close" -> {
                  try {
                    connection.close();
                  } finally {
                    leave.run();
                    lease.close();
                  }
                  yield null;
                }
                default -> NOT_HANDLED;
              });
    } catch (SQLException | RuntimeException e) {
      leave.run();
      lease.close();
      throw e;
    }
  }

  /** Waits for room for one more connection; what it returns makes room again, once. */
  private Runnable enter() throws SQLException {
    if (gate == null) {
      return () -> {};
    }
    gate.enter();
    AtomicBoolean in = new AtomicBoolean(true);
    return () -> {
      if (in.compareAndSet(true, false)) {
        gate.leave();
      }
    };
  }

  private final class ChunkStatement {
    private final Connection connection;
    private @Nullable Chunk chunk;
    private int fetchSize;
    private @Nullable PreparedStatement statement;

    ChunkStatement(Connection connection) {
      this.connection = connection;
    }

    PreparedStatement proxy() {
      return ChunkDataSource.proxy(PreparedStatement.class, this, this::handle);
    }

    private @Nullable Object handle(Method method, Object @Nullable [] arguments)
        throws SQLException {
      switch (method.getName()) {
        case "setFetchSize" -> fetchSize = (Integer) first(arguments);
        case "executeQuery" -> {
          return execute();
        }
        case "unwrap" -> {
          return this;
        }
        case "close" -> {
          if (statement != null) {
            statement.close();
          }
          // A runner may read a whole lane's chunks over one connection: its transaction would keep
          // the locks of every table, and a source what its other clients have long deleted.
          if (!connection.getAutoCommit()) {
            connection.commit();
          }
        }
        default -> throw new SQLFeatureNotSupportedException(method.getName());
      }
      return null;
    }

    private ResultSet execute() throws SQLException {
      Chunk wanted = java.util.Objects.requireNonNull(chunk, "setChunk comes first");
      if (gate != null) {
        gate.pause(stop);
      }
      if (stop.stopRequested()) {
        return ChunkDataSource.proxy(ResultSet.class, this, this::nothing);
      }
      var query = queries.query(wanted);
      if (queries.byCopy(wanted, connection)) {
        CopyCursor rows = new CopyCursor(connection, query.sql());
        BatchCursor batches = new BatchCursor(wanted, paced(rows), rows.columns(), batchBytes, 0);
        return results(batches, rows);
      }
      long others = count(queries.others(wanted));
      PreparedStatement prepared = connection.prepareStatement(query.sql());
      statement = prepared;
      prepared.setFetchSize(fetchSize);
      query.bind(prepared);
      ResultSet rows = prepared.executeQuery();
      int columns = rows.getMetaData().getColumnCount();
      return results(
          new BatchCursor(wanted, paced(RowCursor.of(rows, columns)), columns, batchBytes, others),
          rows);
    }

    private long count(Optional<BoundQuery> others) throws SQLException {
      if (others.isEmpty()) {
        return 0;
      }
      try (PreparedStatement count = connection.prepareStatement(others.get().sql())) {
        others.get().bind(count);
        try (ResultSet row = count.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }

    private RowCursor paced(RowCursor rows) {
      return gate == null ? rows : gate.paced(rows, stop);
    }

    /** Has the batches in the place of rows. */
    private ResultSet results(BatchCursor batches, AutoCloseable rows) {
      return ChunkDataSource.proxy(
          ResultSet.class,
          rows,
          (method, arguments) -> {
            switch (method.getName()) {
              case "next" -> {
                return batches.hasNext();
              }
              case "unwrap" -> {
                return batches;
              }
              case "close" -> rows.close();
              default -> throw new SQLFeatureNotSupportedException(method.getName());
            }
            return null;
          });
    }

    /** A result set without even an empty batch: the chunk stays as it was, not done. */
    private @Nullable Object nothing(Method method, Object @Nullable [] arguments)
        throws SQLException {
      return switch (method.getName()) {
        case "next" -> false;
        case "close" -> null;
        default -> throw new SQLFeatureNotSupportedException(method.getName());
      };
    }
  }

  private static Object first(Object @Nullable [] arguments) {
    return java.util.Objects.requireNonNull(arguments)[0];
  }

  private interface Handler {
    @Nullable Object handle(Method method, Object @Nullable [] arguments) throws Exception;
  }

  private static final Object NOT_HANDLED = new Object();

  private static <T> T proxy(Class<T> type, Object delegate, Handler handler) {
    InvocationHandler invocation =
        (self, method, arguments) -> {
          if (method.getDeclaringClass() == Object.class) {
            return method.invoke(delegate, arguments);
          }
          Object answer = handler.handle(method, arguments);
          if (answer != NOT_HANDLED) {
            return answer;
          }
          try {
            return method.invoke(delegate, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, invocation));
  }
}
