package dev.landfall.runners.report;

import dev.landfall.pipelines.mapping.Sheet;
import dev.landfall.pipelines.mapping.Sheet.Column;
import dev.landfall.pipelines.mapping.Sheet.From;
import dev.landfall.pipelines.mapping.Sheet.Left;
import dev.landfall.pipelines.mapping.Sheet.Table;
import dev.landfall.pipelines.mapping.Sheet.Writer;
import dev.landfall.runners.view.SheetWords;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sheet as a table for people: what it says of itself, and a row for each column. */
final class SheetRows {
  /** What the cells of a row are. */
  static final List<String> HEADS =
      List.of(
          "Source table",
          "Source column",
          "Source type",
          "Rows",
          "Rule",
          "Target table",
          "Target column",
          "Target type",
          "NULL",
          "Key",
          "Policy",
          "Can go back",
          "Disposition");

  private SheetRows() {}

  /** What it is about: names and texts. */
  static List<List<String>> facts(Sheet sheet) {
    return List.of(
        List.of("Migration", sheet.migration()),
        List.of("Source", sheet.source()),
        List.of("Target", sheet.target()),
        List.of("Made", sheet.made().toString()),
        List.of("Fingerprint", sheet.fingerprint()),
        List.of("In all", SheetWords.sum(sheet)));
  }

  /** A row for each column of the target, and for each of the source that stays behind. */
  static List<List<String>> rows(Sheet sheet) {
    return Stream.concat(
            sheet.tables().stream()
                .flatMap(
                    table ->
                        table.writers().stream()
                            .flatMap(
                                writer ->
                                    writer.columns().stream().map(c -> row(table, writer, c)))),
            sheet.left().stream().map(SheetRows::row))
        .toList();
  }

  private static List<String> row(Table table, Writer writer, Column column) {
    return List.of(
        writer.source().toString(),
        lines(column, From::column),
        lines(column, f -> f.type() + (f.nullable() ? "" : " NOT NULL")),
        writer.rows(),
        column.rule(),
        table.name().toString(),
        column.name(),
        column.type(),
        column.nullable() ? "NULL" : "NOT NULL",
        table.key().contains(column.name()) ? "key" : "",
        column.policies(),
        SheetWords.back(column),
        "moves");
  }

  private static String lines(Column column, Function<From, String> text) {
    return column.from().stream().map(text).collect(Collectors.joining("\n"));
  }

  private static List<String> row(Left left) {
    return List.of(
        left.table().toString(),
        Objects.requireNonNullElse(left.column(), ""),
        Objects.requireNonNullElse(left.type(), ""),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        left.words());
  }
}
