package dev.landfall.runners;

import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import dev.landfall.transforms.jdbc.Connections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Loads the classes that a run needs, for the class-data archive that the launcher makes after a
 * build: a small pipeline of the same transforms, and both drivers as far as a refused connection.
 */
final class WarmUp {
  /** Nothing listens on it: port 1 is reserved. */
  private static final int REFUSED = 1;

  private WarmUp() {}

  /** Loads them; takes a second or two. */
  static void run() {
    connect(Product.MYSQL);
    connect(Product.POSTGRESQL);
    runPipeline();
  }

  private static void runPipeline() {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(2);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<String> keys = pipeline.apply("Create", Create.of("a", "b"));
    keys.apply("Key", ParDo.of(new KeyFn())).apply("Group", GroupByKey.create());
    keys.apply("None", ParDo.of(new NoneFn()))
        .apply(
            "Read",
            JdbcIO.<String, String>readAll()
                .withDataSourceProviderFn(
                    ignored -> {
                      throw new IllegalStateException("Nothing is ever read");
                    })
                .withQuery("none")
                .withParameterSetter((key, statement) -> {})
                .withRowMapper(new FirstColumn())
                .withOutputParallelization(false));
    pipeline.run().waitUntilFinish();
  }

  private static void connect(Product product) {
    ConnectionSettings nobody =
        new ConnectionSettings(product, "127.0.0.1", REFUSED, "none", "none", null, Map.of());
    try (Connection connection = Connections.open(nobody)) {
      throw new IllegalStateException("A database answered on port 1: " + connection);
    } catch (SQLException e) {
      // Expected: up to here the driver has loaded its classes.
    }
  }

  private static final class KeyFn extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String element, OutputReceiver<KV<String, String>> out) {
      out.output(KV.of(element, element));
    }
  }

  private static final class NoneFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {}
  }

  private static final class FirstColumn implements JdbcIO.RowMapper<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String mapRow(ResultSet rows) throws SQLException {
      return rows.getString(1);
    }
  }
}
