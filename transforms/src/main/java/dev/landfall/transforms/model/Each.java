package dev.landfall.transforms.model;

import dev.landfall.transforms.compute.Splitter;
import java.io.Serializable;
import java.util.List;

/**
 * That a target has a row for each part of a column's value, none where it is NULL. Two of the
 * columns that are read stand for a part and its number: the source is asked for nothing there.
 *
 * @param column position in {@link TableMapping#read()} of the column that is taken apart
 * @param splitter takes it apart
 * @param part position of the column that stands for a part; negative where nobody asks for it
 * @param number position of the one that stands for its number, from 1; or negative
 */
public record Each(int column, Splitter splitter, int part, int number) implements Serializable {
  /** For a person: {@code a row for each of tags by ","}. */
  public String words(List<SourceColumn> read) {
    return "a row for each of " + read.get(column).name() + " " + splitter.words();
  }
}
