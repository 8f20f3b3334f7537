package dev.landfall.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.pipelines.load.BackfillPipeline;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.Spec;
import dev.landfall.pipelines.spec.SpecReader;
import dev.landfall.pipelines.verify.ChecksumPipeline;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunStop;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.partition.ChunkSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;

/** What a cluster is given of the jobs: everything but the secrets. */
class JobSecretsTest {
  private static final Spec SPEC =
      SpecReader.ofUrls(
          "mysql://reader:hunter2@source.internal/shop?trustCertificateKeyStorePassword=hunter3",
          "postgresql://writer:${PW}@target.internal/crm",
          Environment.of(Map.of("PW", "hunter4")));

  private static final MigrationKey MIGRATION =
      new MigrationKey(SPEC.target().connection(), "shop", 1);

  private final Pipeline pipeline = Pipeline.create();

  @Test
  void theLoadHoldsNone() throws Exception {
    BackfillPipeline.expand(
        pipeline,
        new BackfillPipeline.Settings(
            SPEC.source().connection(),
            MIGRATION,
            new Mapping(List.of()),
            List.of(),
            ChunkSize.DEFAULT,
            2,
            SPEC.load().outage(),
            SPEC.load().rejects()));

    assertNoSecrets();
  }

  @Test
  void theChecksumHoldsNone() throws Exception {
    ChecksumPipeline.digests(
        pipeline,
        new ChecksumPipeline.Settings(
            SPEC.source().connection(),
            MIGRATION,
            new Mapping(List.of()),
            ChunkSize.DEFAULT,
            2,
            new RunStop(MIGRATION),
            10),
        List.of());

    assertNoSecrets();
  }

  private void assertNoSecrets() throws Exception {
    byte[] bytes = Serialized.bytes(functions());

    assertThat(List.of("source.internal", "target.internal", "${PW}"))
        .allMatch(text -> Serialized.contain(bytes, text));
    assertThat(List.of("hunter2", "hunter3", "hunter4"))
        .noneMatch(text -> Serialized.contain(bytes, text));
  }

  /** Not the job's own form of them, which is compressed. */
  private List<DoFn<?, ?>> functions() {
    List<DoFn<?, ?>> functions = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> step) {
              functions.add(step.getFn());
            }
          }
        });
    return functions;
  }
}
