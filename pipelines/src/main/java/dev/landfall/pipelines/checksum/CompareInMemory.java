package dev.landfall.pipelines.checksum;

import static java.util.Comparator.comparingLong;

import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.read.ChunkBatches;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.digest.BatchDigester;
import dev.landfall.validation.digest.Cutting;
import dev.landfall.validation.digest.DigestKey;
import dev.landfall.validation.digest.Disagreement;
import dev.landfall.validation.digest.PieceCollector;
import dev.landfall.validation.digest.PieceDigest;
import dev.landfall.validation.digest.Pieces;
import dev.landfall.validation.match.BatchHasher;
import dev.landfall.validation.match.Detail;
import dev.landfall.validation.match.PieceMatch;
import dev.landfall.validation.match.RowHashes;
import dev.landfall.validation.result.Difference;
import dev.landfall.validation.result.TableKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.values.KV;

/**
 * Compares a few rows that were read before, by the steps of {@link CompareSides} without a runner
 * between them: conversion, digests by piece, and row hashes of the pieces that disagree, matched
 * by key.
 */
public final class CompareInMemory {
  /** A piece with a fault stands beside pieces without. */
  private static final int BUCKETS = 16;

  /** And a cell with one beside others. */
  private static final Map<TableKey, Cutting> CUTTINGS =
      Map.of(new TableKey(0, 0), Cutting.byHash(8));

  private static final int LIMIT = 1_000_000;

  private final Mapping mapping;
  private final UnaryOperator<Rows> sight;
  private final Pieces pieces = Pieces.byChunk().withBuckets(0, 0, BUCKETS);

  /** Compares rows of a table that is mapped to one target. */
  public CompareInMemory(TableMapping table) {
    this(table, UnaryOperator.identity());
  }

  /**
   * @param sight what is seen of either side's rows, for a comparison that is blind on purpose
   */
  public CompareInMemory(TableMapping table, UnaryOperator<Rows> sight) {
    this.mapping = new Mapping(List.of(table));
    this.sight = sight;
  }

  /**
   * What differs.
   *
   * @param source batches as they were read of the source, at least one
   * @param target the rows as they were read of the target
   */
  public List<Difference> differences(List<RowBatch> source, Rows target) throws SQLException {
    List<RowBatch> found = List.of(new RowBatch(0, 0, 0, true, target));
    List<Difference> differences = new ArrayList<>();
    Map<DigestKey, PieceDigest> here = new HashMap<>();
    Map<DigestKey, PieceDigest> there = new HashMap<>();
    SummarizeChunk.Collectors<PieceDigest> digests =
        (table, chunk) -> new BatchDigester(mapping, pieces, CUTTINGS);
    differences.addAll(
        summarize(
            new SourceSide(mapping, table -> true),
            digests,
            source,
            (piece, digest) -> here.merge(piece, digest, PieceDigest::merge)));
    summarize(
        new TargetSide(mapping),
        digests,
        found,
        (piece, digest) -> there.merge(piece, digest, PieceDigest::merge));
    Map<DigestKey, BitSet> disagreeing = new TreeMap<>(comparingLong(DigestKey::piece));
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      DigestKey piece = new DigestKey(0, 0, bucket);
      Disagreement disagreement =
          here.getOrDefault(piece, PieceDigest.EMPTY)
              .against(there.getOrDefault(piece, PieceDigest.EMPTY));
      if (disagreement != null) {
        BitSet cells = disagreement.cells();
        disagreeing.put(piece, cells == null ? BatchHasher.Wanted.ALL : cells);
      }
    }
    SummarizeChunk.Collectors<RowHashes> hashes =
        (table, chunk) ->
            new BatchHasher(mapping, pieces, Detail.KEYS_AND_COLUMNS, disagreeing::get, CUTTINGS);
    Map<Long, List<RowHashes>> sourceRows = new HashMap<>();
    Map<Long, List<RowHashes>> targetRows = new HashMap<>();
    summarize(new SourceSide(mapping, table -> false), hashes, source, into(sourceRows));
    summarize(new TargetSide(mapping), hashes, found, into(targetRows));
    for (DigestKey key : disagreeing.keySet()) {
      long piece = key.piece();
      differences.addAll(
          PieceMatch.differences(
              mapping.table(0),
              0,
              sourceRows.getOrDefault(piece, List.of()),
              targetRows.getOrDefault(piece, List.of()),
              LIMIT));
    }
    return differences;
  }

  private static BiConsumer<DigestKey, RowHashes> into(Map<Long, List<RowHashes>> pieces) {
    return (piece, rows) ->
        pieces.computeIfAbsent(piece.piece(), number -> new ArrayList<>()).add(rows);
  }

  private <T> List<Difference> summarize(
      Side side,
      SummarizeChunk.Collectors<T> collectors,
      List<RowBatch> batches,
      BiConsumer<DigestKey, T> parts)
      throws SQLException {
    SummarizeChunk<T> chunk =
        new SummarizeChunk<>(
            side,
            mapping,
            (table, part) -> new Seeing<>(collectors.create(table, part), sight),
            LIMIT,
            ReadProgress.none());
    ChunkSummary<T> summary = chunk.reduce(new InMemory(batches.iterator()));
    for (KV<DigestKey, T> part : summary.pieces()) {
      parts.accept(part.getKey(), part.getValue());
    }
    return summary.rejectedRows();
  }

  private record InMemory(Iterator<RowBatch> batches) implements ChunkBatches {
    @Override
    public Chunk chunk() {
      return Chunk.ofTable(0, 0);
    }

    @Override
    public boolean hasNext() {
      return batches.hasNext();
    }

    @Override
    public RowBatch next() {
      return batches.next();
    }
  }

  /** A collector of what is seen of the rows. */
  private record Seeing<T>(PieceCollector<T> collector, UnaryOperator<Rows> sight)
      implements PieceCollector<T> {
    @Override
    public void add(int table, int target, long chunk, Rows rows) {
      collector.add(table, target, chunk, sight.apply(rows));
    }

    @Override
    public void drain(BiConsumer<DigestKey, T> consumer) {
      collector.drain(consumer);
    }

    @Override
    public void clear() {
      collector.clear();
    }
  }
}
