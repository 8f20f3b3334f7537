package dev.landfall.transforms.types;

import java.util.List;
import java.util.Optional;

/** datetime, and timestamp, which is a moment whatever the zone (MySQL manual 11.2.2). */
public final class MySqlDatetime extends MySqlType {
  static final List<MySqlTypes.Name> NAMES =
      List.of(
          MySqlTypes.Name.of("datetime", d -> new MySqlDatetime(d, /* zoned= */ false)),
          MySqlTypes.Name.of("timestamp", d -> new MySqlDatetime(d, /* zoned= */ true)));

  private static final int CHARACTERS = "2024-02-29 12:34:56.123456".length();

  private final boolean zoned;

  private MySqlDatetime(Declaration declared, boolean zoned) {
    super(declared);
    this.zoned = zoned;
  }

  /** Whether it is a timestamp. */
  public boolean zoned() {
    return zoned;
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of((zoned ? "timestamptz" : "timestamp") + "(" + fraction() + ")");
  }

  @Override
  Fit into(PgType target) {
    return target instanceof PgTimestamp moment
        ? unrounded(target, moment.digits(), Conversion.DATE)
        : printed(target, CHARACTERS);
  }

  @Override
  public Optional<Conversion> narrowedTo(PgType target) {
    return target instanceof PgDate || target instanceof PgTimestamp
        ? Optional.of(Conversion.DATE)
        : Optional.empty();
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgTimestamp moment && moment.zoned() == zoned;
  }

  @Override
  public KeyText keyText() {
    return KeyText.TEMPORAL;
  }

  @Override
  public boolean ordersLike(PgType target) {
    return target instanceof PgTimestamp;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return KeyInverse.ofMoment(target);
  }

  @Override
  public boolean pushes(PgType target) {
    return target instanceof PgTimestamp;
  }

  @Override
  public String pushed(String column) {
    return ended(MySqlTime.shortest(column, fraction()));
  }
}
