package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.TimeFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.IntervalForm;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** interval (PostgreSQL manual 8.5.4). */
public final class PgInterval extends PgType {
  static final List<PgTypes.Name> NAMES = List.of(PgTypes.Name.of("interval", PgInterval::new));

  private static final long serialVersionUID = 1L;

  private final int digits;

  private PgInterval(TypeText text) {
    super(text);
    this.digits = Dates.digits(text);
  }

  /** How many digits a fraction of a second has. */
  int digits() {
    return digits;
  }

  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    return Dates.unrounded(text, digits);
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return Dates.span(value);
  }

  @Override
  public boolean plain() {
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return new IntervalForm();
  }

  @Override
  public String canonicalWords() {
    return "days and microseconds";
  }

  @Override
  public String keyCast() {
    return "interval";
  }

  @Override
  public String parkingValue() {
    return "-" + ThreadLocalRandom.current().nextInt(4_000_000, Integer.MAX_VALUE) + " s";
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return TimeFaults.spans(digits);
  }

  @Override
  public String neutral(List<String> labels) {
    return "00:00:00";
  }
}
