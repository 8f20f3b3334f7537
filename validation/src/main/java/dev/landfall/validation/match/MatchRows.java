package dev.landfall.validation.match;

import com.google.auto.value.AutoValue;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.RowCounts;
import dev.landfall.validation.result.RowCountsCoder;
import dev.landfall.validation.result.TableKey;
import dev.landfall.validation.result.TableKeyCoder;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Matches the rows of both sides piece by piece. Rows with the same key are in the same piece on
 * both sides, so a piece is matched in memory, and nothing is shuffled by key.
 *
 * <p>Input: {@link #SOURCE} and {@link #TARGET}. Output: {@link #COUNTS}, for each piece what it
 * counts for in the table's verdict, exact however many rows differ; {@link #DIFFERENCES}, for each
 * target table that has any one list in the order of pieces: at most the given number, those of the
 * first pieces.
 */
@AutoValue
public abstract class MatchRows
    extends PTransform<KeyedPCollectionTuple<DigestKey>, PCollectionTuple> {
  /** Rows of the source's side. */
  public static final TupleTag<RowHashes> SOURCE = new TupleTag<>("source") {};

  /** Rows of the target's side. */
  public static final TupleTag<RowHashes> TARGET = new TupleTag<>("target") {};

  /** What was found of each piece. */
  public static final TupleTag<KV<TableKey, RowCounts>> COUNTS = new TupleTag<>("counts") {};

  /** What differs, the rows of a target table together. */
  public static final TupleTag<List<Difference>> DIFFERENCES = new TupleTag<>("differences") {};

  static final TupleTag<KV<TableKey, PieceDifferences>> PIECES = new TupleTag<>("pieces") {};

  /** More than a person reads and a repair by single keys is good for. */
  public static final int DEFAULT_MAX_DIFFERENCES = 10_000;

  abstract Mapping getMapping();

  abstract int getMaxDifferences();

  /** Matches rows of the mapping's target tables. */
  public static MatchRows of(Mapping mapping) {
    return new AutoValue_MatchRows(mapping, DEFAULT_MAX_DIFFERENCES);
  }

  /**
   * How many differences to keep of each target table; the rest is only counted.
   *
   * @throws IllegalArgumentException when negative
   */
  public MatchRows withMaxDifferences(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("at most " + limit + " differences");
    }
    return new AutoValue_MatchRows(getMapping(), limit);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(
        DisplayData.item("maxDifferences", getMaxDifferences())
            .withLabel("Differences kept of a table"));
  }

  @Override
  public PCollectionTuple expand(KeyedPCollectionTuple<DigestKey> rows) {
    PCollectionTuple matched =
        rows.apply("By piece", CoGroupByKey.create())
            .apply(
                "Match",
                ParDo.of(new MatchRowsFn(getMapping(), getMaxDifferences()))
                    .withOutputTags(COUNTS, TupleTagList.of(PIECES)));
    PCollection<List<Difference>> differences =
        matched
            .get(PIECES)
            .setCoder(KvCoder.of(TableKeyCoder.of(), PieceDifferencesCoder.of()))
            .apply("By table", GroupByKey.create())
            .apply("Keep the first", ParDo.of(new KeepFirstFn(getMapping(), getMaxDifferences())))
            .setCoder(ListCoder.of(SerializableCoder.of(Difference.class)));
    return PCollectionTuple.of(
            COUNTS,
            matched.get(COUNTS).setCoder(KvCoder.of(TableKeyCoder.of(), RowCountsCoder.of())))
        .and(DIFFERENCES, differences);
  }
}
