package dev.landfall.transforms.types;

import dev.landfall.transforms.value.Rows;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** bit(n), which is read as big-endian bytes (MySQL manual 11.1.5). */
public final class MySqlBit extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlBit::new, "bit");

  private MySqlBit(Declaration declared) {
    super(declared);
  }

  private int bits() {
    return Objects.requireNonNullElse(declared().precision(), 1);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of(bits() == 1 ? "boolean" : "bit(" + bits() + ")");
  }

  @Override
  Fit into(PgType target) {
    if (target instanceof PgBoolean && bits() == 1) {
      return Fit.by(new Truth());
    }
    if (!(target instanceof PgBit digits)) {
      return refused(target);
    }
    return digits.holds(bits())
        ? Fit.by(new Digits(bits()))
        : refuse(target + " holds " + digits.length() + " bits, not the " + bits() + " of ");
  }

  @Override
  public boolean alike(PgType target) {
    return target instanceof PgBit;
  }

  @Override
  boolean isBytes() {
    return true;
  }

  @Override
  public KeyText keyText() {
    return KeyText.BITS;
  }

  @Override
  public Optional<KeyInverse> inverse(PgType target, Conversion conversion) {
    return conversion instanceof Digits
        ? Optional.of(KeyInverse.BITS)
        : conversion instanceof Truth ? Optional.of(KeyInverse.BIT) : Optional.empty();
  }

  /** As many binary digits as the type declares. */
  private static final class Digits extends Conversion {
    private static final long serialVersionUID = 1L;

    private final int bits;

    Digits(int bits) {
      super("BIT", "big-endian bytes to binary digits");
      this.bits = bits;
    }

    @Override
    public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
      for (int digit = bits - 1; digit >= 0; digit--) {
        int index = end - 1 - digit / 8;
        boolean set = index >= start && (bytes[index] >> (digit % 8) & 1) == 1;
        out.append(set ? '1' : '0');
      }
      out.endValue();
      return null;
    }
  }

  /** One bit as {@code t} or {@code f}. */
  private static final class Truth extends Conversion {
    private static final long serialVersionUID = 1L;

    Truth() {
      super("BIT_BOOLEAN", "a bit to `t` or `f`");
    }

    @Override
    public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
      out.append(bytes[end - 1] == 0 ? 'f' : 't');
      out.endValue();
      return null;
    }
  }

  @Override
  public Optional<String> why(PgType target) {
    return target instanceof PgBoolean ? Optional.of("one bit") : Optional.empty();
  }
}
