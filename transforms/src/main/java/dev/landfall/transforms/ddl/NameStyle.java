package dev.landfall.transforms.ddl;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How names of the source become names that PostgreSQL takes as they are. */
public enum NameStyle {
  /** As the source has them, so that names with capitals must be quoted. */
  KEEP,
  /** In lower case, as PostgreSQL reads names that are not quoted (manual 4.1.1). */
  LOWER;

  /** Columns that every table of PostgreSQL has already (manual 5.6). */
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  /** The name in this style, of any length. */
  public String fold(String name) {
    return switch (this) {
      case KEEP -> name;
      case LOWER -> name.toLowerCase(Locale.ROOT);
    };
  }

  /** The name of a table or schema; one that is too long ends with a hash of the whole. */
  public String of(String name) {
    return TargetNames.shorten(fold(name));
  }

  /** The name of a column; one that PostgreSQL keeps for itself ends with a hash as well. */
  public String ofColumn(String name) {
    String folded = fold(name);
    return isSystemColumn(folded) ? TargetNames.hashed(folded, folded) : of(name);
  }

  /** The names of columns that PostgreSQL keeps for itself. */
  public static List<String> systemColumns() {
    return SYSTEM_COLUMNS.stream().sorted().toList();
  }

  /** Whether PostgreSQL keeps that name of a column for itself. */
  public static boolean isSystemColumn(String name) {
    return SYSTEM_COLUMNS.contains(name);
  }
}
