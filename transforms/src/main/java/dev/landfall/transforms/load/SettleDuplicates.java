package dev.landfall.transforms.load;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.compute.Followed;
import dev.landfall.transforms.compute.KeyNames;
import dev.landfall.transforms.convert.ConvertedBatch;
import dev.landfall.transforms.convert.SourceKeys;
import dev.landfall.transforms.convert.TableConverter;
import dev.landfall.transforms.jdbc.Query;
import dev.landfall.transforms.ledger.LedgerWinners;
import dev.landfall.transforms.ledger.MigrationKey;
import dev.landfall.transforms.ledger.RunTransaction;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.Duplicates;
import dev.landfall.transforms.model.Mapping;
import dev.landfall.transforms.model.Mapping.TargetPosition;
import dev.landfall.transforms.model.StopSignal;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TableName;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.read.RowBatch;
import dev.landfall.transforms.read.ScannedRows;
import dev.landfall.transforms.sql.DuplicateSql;
import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settles, before rows are loaded, which of those that are one to a target it has: reads of all its
 * writers what decides, through the load's own conversions, and has PostgreSQL sort it. What was
 * settled once stays, so that a comparison goes by the same as the load; a transaction of the
 * target keeps all of it or nothing. Rows that come later, or change so that they become one with
 * another, are not seen: the target's keys refuse them.
 */
public final class SettleDuplicates {
  private final MigrationKey migration;
  private final Mapping mapping;
  private final StopSignal stop;

  /** For the targets of that mapping. */
  public SettleDuplicates(MigrationKey migration, Mapping mapping, StopSignal stop) {
    this.migration = migration;
    this.mapping = mapping;
    this.stop = stop;
  }

  /**
   * The targets for which something is to be settled: those that refer to rows of another one
   * behind it, so that they are led on to the rows that count.
   */
  public static List<TargetPosition> targets(Mapping mapping) {
    List<TargetPosition> open =
        new ArrayList<>(
            mapping.targets().stream()
                .filter(position -> mapping.target(position).duplicates() != null)
                .toList());
    List<TargetPosition> ordered = new ArrayList<>();
    while (!open.isEmpty()) {
      Set<String> waiting = new HashSet<>();
      open.forEach(position -> waiting.add(mapping.target(position).name().toString()));
      TargetPosition next =
          open.stream()
              .filter(position -> refersTo(mapping.target(position)).noneMatch(waiting::contains))
              .findFirst()
              // In a circle none can be first.
              .orElse(open.get(0));
      open.remove(next);
      ordered.add(next);
    }
    return ordered;
  }

  /** The other targets whose rows the target's columns are led on to. */
  private static Stream<String> refersTo(TargetTable target) {
    return target.columns().stream()
        .map(ColumnMapping::source)
        .filter(ValueSource.Computed.class::isInstance)
        .flatMap(source -> ((ValueSource.Computed) source).operators().stream())
        .filter(Followed.class::isInstance)
        .map(operator -> ((Followed) operator).winners().target())
        .filter(name -> !name.equals(target.name().toString()));
  }

  /**
   * Settles it for one target, unless that was done.
   *
   * @return how many rows lost, now or when it was settled
   * @throws MigrationException STOPPED, or FAILED where more rows lose than memory has room for
   */
  public long settle(Connection source, Connection target, TargetPosition position)
      throws SQLException {
    TargetTable table = mapping.target(position);
    Duplicates rule = Objects.requireNonNull(table.duplicates());
    String name = table.name().toString();
    LedgerWinners.Keeper keeper = new LedgerWinners.Keeper(target, migration.name(), name);
    target.setAutoCommit(false);
    try {
      RunTransaction.share(target, migration);
      if (!keeper.isSettled()) {
        PgType ranked = rule.column() == null ? null : column(table, rule.column()).type();
        Query.of(target, DuplicateSql.createCandidates(ranked)).execute();
        List<TargetPosition> writers = mapping.writers(position);
        long rows = 0;
        for (int i = 0; i < writers.size(); i++) {
          rows += new Candidates(writers.get(i), i, rule, ranked).copy(source, target);
        }
        keeper.keep(DuplicateSql.keepLosers(rule), position.table(), rows);
      }
      long lost = keeper.lost();
      target.commit();
      return lost;
    } catch (SQLException | RuntimeException e) {
      target.rollback();
      throw e;
    } finally {
      target.setAutoCommit(true);
    }
  }

  private static ColumnMapping column(TargetTable table, String name) {
    return table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** The rows of one writer that may be one with others. */
  private final class Candidates {
    private final int writer;
    private final Duplicates rule;
    private final TableMapping table;
    private final TargetTable target;
    private final CopyWriter copy;
    private long ordinal;

    Candidates(TargetPosition position, int writer, Duplicates rule, @Nullable PgType ranked) {
      this.writer = writer;
      this.rule = rule;
      TargetTable whole = mapping.target(position);
      Set<String> names = new HashSet<>(rule.by());
      names.addAll(whole.key());
      if (rule.column() != null) {
        names.add(rule.column());
      }
      this.target =
          whole
              .withColumns(whole.columns().stream().filter(c -> names.contains(c.name())).toList())
              .withDuplicates(null);
      TableMapping all = mapping.table(position.table());
      this.table = new TableMapping(all.source(), all.read(), List.of(target));
      this.copy = new CopyWriter(candidateTable(ranked));
    }

    /** All rows; how many there are. */
    long copy(Connection source, Connection to) throws SQLException {
      SourceKeys keys = new SourceKeys(table);
      Set<Integer> wanted = new HashSet<>();
      IntStream.of(keys.positions()).forEach(wanted::add);
      target.columns().forEach(column -> wanted.addAll(column.source().positions()));
      wanted.addAll(target.filter().positions());
      TableConverter converter = new TableConverter(table);
      ScannedRows.ofSource(
          source,
          DuplicateSql.source(table, wanted::contains),
          rows -> {
            if (stop.stopRequested()) {
              throw new MigrationException(
                  MigrationException.Kind.STOPPED,
                  "Stopped while it was settled which rows of " + target.name() + " count.");
            }
            Rows made = candidates(converter.convert(new RowBatch(0, 0, 0, true, rows)), keys);
            if (made.size() > 0) {
              copy.write(to, made, 0, made.size());
            }
          });
      return ordinal;
    }

    private Rows candidates(ConvertedBatch batch, SourceKeys keys) {
      Rows rows = batch.targets().get(0);
      int[] key = target.keyPositions();
      int[] by = positions(rule.by());
      int[] rank = rule.column() == null ? new int[0] : positions(List.of(rule.column()));
      Rows.Builder out = Rows.builder(7, rows.size(), rows.byteCount());
      for (int place = 0; place < batch.size(); place++) {
        for (int row = batch.start(0, place); row < batch.start(0, place + 1); row++) {
          String own = keys.of(batch.source().rows(), batch.sourceRow(place));
          String inTarget = text(rows, row, key);
          String same = text(rows, row, by);
          ordinal++;
          if (same == null || inTarget == null || !storable(own, inTarget, same)) {
            // Equal to none; or the load will reject it.
            continue;
          }
          out.addText(String.valueOf(writer));
          out.addText(String.valueOf(ordinal));
          out.addText(table.source().name().toString());
          out.addText(own);
          out.addText(inTarget);
          out.addText(same);
          out.addText(rank.length == 0 ? null : rows.text(row, rank[0]));
        }
      }
      return out.build();
    }

    private boolean storable(String... texts) {
      return Stream.of(texts).allMatch(text -> text.indexOf('\0') < 0);
    }

    private int[] positions(List<String> names) {
      List<String> all = target.columns().stream().map(ColumnMapping::name).toList();
      return names.stream().mapToInt(all::indexOf).toArray();
    }
  }

  private static @Nullable String text(Rows rows, int row, int[] columns) {
    @Nullable String[] texts = new @Nullable String[columns.length];
    for (int i = 0; i < columns.length; i++) {
      texts[i] = rows.text(row, columns[i]);
    }
    return KeyNames.of(texts);
  }

  /** What the rows are copied into. */
  private static TargetTable candidateTable(@Nullable PgType ranked) {
    List<ColumnMapping> columns = new ArrayList<>();
    columns.add(plain("writer", PgType.parse("int")));
    columns.add(plain("ordinal", PgType.parse("bigint")));
    for (String name : List.of("source_table", "source_key", "key", "same")) {
      columns.add(plain(name, PgType.parse("text")));
    }
    columns.add(plain("rank", ranked == null ? PgType.parse("text") : ranked));
    return new TargetTable(new TableName("pg_temp", "candidate"), columns, List.of(), true);
  }

  private static ColumnMapping plain(String name, PgType type) {
    return ColumnMapping.read(name, type, true, 0, Conversion.TEXT);
  }
}
