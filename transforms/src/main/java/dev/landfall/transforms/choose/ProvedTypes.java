package dev.landfall.transforms.choose;

import dev.landfall.transforms.catalog.ValueScan;
import dev.landfall.transforms.model.ColumnName;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the values of the source have proved, see {@link ValueScan}. Fixed with a migration's first
 * step: a value written later that does not fit becomes a reject.
 *
 * @param booleans tinyint(1) columns that hold nothing but 0, 1 and NULL
 * @param bigints unsigned columns whose values are below 2<sup>63</sup>, as are those of all
 *     columns that foreign keys connect them with
 * @param filled columns that are NOT NULL and have no value that a rule for more than them makes
 *     NULL, so that they need not take it
 */
public record ProvedTypes(Set<ColumnName> booleans, Set<ColumnName> bigints, Set<ColumnName> filled)
    implements Serializable {
  /** Nothing is proved. */
  public static final ProvedTypes NONE = new ProvedTypes(Set.of(), Set.of(), Set.of());

  public ProvedTypes {
    booleans = Set.copyOf(booleans);
    bigints = Set.copyOf(bigints);
    filled = Set.copyOf(filled);
  }

  /** What is proved by either. */
  public ProvedTypes and(ProvedTypes more) {
    return new ProvedTypes(
        both(booleans, more.booleans), both(bigints, more.bigints), both(filled, more.filled));
  }

  private static Set<ColumnName> both(Set<ColumnName> some, Set<ColumnName> others) {
    return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
