package dev.landfall.pipelines.proof;

import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.checksum.CompareInMemory;
import dev.landfall.transforms.model.Chunk;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.read.FewRows;
import dev.landfall.transforms.sql.SourceChunkSql;
import dev.landfall.transforms.sql.TargetChunkSql;
import dev.landfall.transforms.value.Rows;
import dev.landfall.validation.result.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Seeds faults in a copy of rows of one target table, and compares it with the rows as they were
 * read of the source, once, so that nobody's writes disturb it. As many times as it takes for each
 * fault to have a row of its own.
 */
final class TableProof {
  /** A chunk's worth of rows, but not of any size. */
  static final int ROWS = 1_000;

  private static final String NO_ROW =
      "no row that was copied has a value for it, or one with which it is unlike all other rows";

  private static final long BYTES = 8 << 20;

  private final TableMapping mapping;
  private final TargetTable original;
  private final String name;
  private final UnaryOperator<Rows> sight;
  private final List<SelfTestReport.Case> cases = new ArrayList<>();
  private final List<SelfTestReport.Unexpected> unexpected = new ArrayList<>();
  private final List<SelfTestReport.NotSeeded> notSeeded = new ArrayList<>();

  /**
   * A proof for one target table of a mapping.
   *
   * @param sight what the comparison sees of rows
   */
  TableProof(TableMapping mapping, int target, UnaryOperator<Rows> sight) {
    this.mapping = mapping;
    this.original = mapping.targets().get(target);
    this.name = original.name().toString();
    this.sight = sight;
  }

  /** What became of this table. */
  SelfTestReport run(Connection source, Connection target, String schema) throws SQLException {
    Rows read =
        FewRows.readSome(
            source, SourceChunkSql.readSome(mapping, Chunk.ofTable(0, 0), ROWS), BYTES);
    int copied = 0;
    int refused = 0;
    if (read.size() > 0) {
      try (ScratchTable scratch = new ScratchTable(target, schema, original)) {
        TableMapping one =
            new TableMapping(mapping.source(), mapping.read(), List.of(scratch.table()));
        boolean keyless = original.key().isEmpty();
        Rows varied = VariedRows.of(one, read);
        CopiedRows rows = CopiedRows.of(one, varied, scratch, keyless);
        copied = rows.size();
        refused = rows.refused();
        if (copied > 0) {
          prove(new CompareInMemory(one, sight), scratch, rows);
        }
      }
    }
    return new SelfTestReport(
        List.of(new SelfTestReport.Table(name, copied, refused)), cases, unexpected, notSeeded);
  }

  private void prove(CompareInMemory comparison, ScratchTable scratch, CopiedRows rows)
      throws SQLException {
    Map<String, ScratchColumn> types = scratch.columns();
    List<ScratchColumn> columns =
        scratch.table().columns().stream().map(c -> types.get(c.name())).toList();
    int[] identity =
        original.key().isEmpty()
            ? IntStream.range(0, columns.size()).toArray()
            : original.keyPositions();
    Judgement judgement = new Judgement(name, columns, identity, rows);
    pass(comparison, scratch, rows, List.of(), judgement);
    judgement.unchanged(cases, unexpected);
    Chooser chooser = new Chooser(rows, columns, identity);
    List<Seed> todo = new Seeds(columns, identity, rows, original.key().isEmpty()).all();
    while (!todo.isEmpty()) {
      List<Seed> later = new ArrayList<>();
      List<Choice> choices = new ArrayList<>();
      chooser.restart();
      for (Seed seed : todo) {
        Choice choice = chooser.take(seed);
        if (choice != null) {
          choices.add(choice);
        } else if (chooser.possible(seed)) {
          later.add(seed);
        } else {
          skip(columns, seed, NO_ROW);
        }
      }
      scratch.reset();
      List<Seeded> seeded = seed(scratch, rows, columns, choices);
      pass(comparison, scratch, rows, seeded, judgement);
      judgement.judge(seeded, cases, unexpected);
      todo = later;
    }
  }

  private void pass(
      CompareInMemory comparison,
      ScratchTable scratch,
      CopiedRows rows,
      List<Seeded> seeded,
      Judgement judgement)
      throws SQLException {
    Map<Long, ScratchTable.Change> changes = scratch.changes();
    Rows now = scratch.numbered();
    Rows read =
        FewRows.read(
            scratch.connection(), TargetChunkSql.read(scratch.table(), Chunk.ofTable(0, 0)));
    List<Difference> found = comparison.differences(rows.batches(), read);
    judgement.take(seeded, changes, now, found);
  }

  /** Makes the changes; what the target refuses is told of. */
  private List<Seeded> seed(
      ScratchTable scratch, CopiedRows rows, List<ScratchColumn> columns, List<Choice> choices)
      throws SQLException {
    List<Seeded> seeded = new ArrayList<>();
    Map<Integer, List<Seeded>> values = new HashMap<>();
    for (Choice choice : choices) {
      long number = rows.number(choice.row());
      switch (choice.seed().kind()) {
        case VALUE ->
            values
                .computeIfAbsent(choice.column(), c -> new ArrayList<>())
                .add(new Seeded(choice, number));
        case SWAP -> {
          List<Integer> two = choice.seed().columns();
          scratch.swap(number, columns.get(two.get(0)).name(), columns.get(two.get(1)).name());
          seeded.add(new Seeded(choice, number));
        }
        case MISSING, LOST -> {
          scratch.delete(number);
          seeded.add(new Seeded(choice, number));
        }
        case DOUBLED -> seeded.add(new Seeded(choice, scratch.again(number)));
        case EXTRA -> {
          Seeded extra = new Seeded(choice, scratch.again(number));
          if (change(scratch, columns, choice.column(), List.of(extra), seeded) != null) {
            scratch.delete(extra.number());
          }
        }
      }
    }
    for (Map.Entry<Integer, List<Seeded>> column : values.entrySet()) {
      List<Seeded> all = column.getValue();
      if (change(scratch, columns, column.getKey(), all, seeded) != null && all.size() > 1) {
        for (Seeded one : all) {
          change(scratch, columns, column.getKey(), List.of(one), seeded);
        }
      }
    }
    return seeded;
  }

  private @Nullable String change(
      ScratchTable scratch,
      List<ScratchColumn> columns,
      int column,
      List<Seeded> changes,
      List<Seeded> done)
      throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    changes.forEach(c -> values.add(c.choice().value()));
    String refusal =
        scratch.change(columns.get(column), changes.stream().map(Seeded::number).toList(), values);
    if (refusal == null) {
      done.addAll(changes);
    } else if (changes.size() == 1) {
      skip(columns, changes.get(0).choice().seed(), "PostgreSQL does not take it: " + refusal);
    }
    return refusal;
  }

  private void skip(List<ScratchColumn> columns, Seed seed, String reason) {
    notSeeded.add(
        new SelfTestReport.NotSeeded(
            name,
            seed.columns().stream().map(c -> columns.get(c).name()).toList(),
            seed.name(),
            reason));
  }

  /**
   * A change that was made.
   *
   * @param number of the row that is to be found: the new one, where there is one
   */
  record Seeded(Choice choice, long number) {}
}
