package dev.landfall.transforms.types;

import dev.landfall.transforms.types.fault.Fault;
import dev.landfall.transforms.types.fault.NumberFaults;
import dev.landfall.transforms.types.form.CanonicalForm;
import dev.landfall.transforms.types.form.DoubleForm;
import dev.landfall.transforms.types.form.RealForm;
import dev.landfall.transforms.value.FloatText;
import dev.landfall.transforms.value.ValueBuffer;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** real and double precision (PostgreSQL manual 8.1.3). */
public final class PgFloat extends PgType {
  static final List<PgTypes.Name> NAMES =
      List.of(
          PgTypes.Name.of("real", text -> new PgFloat(text, /* wide= */ false))
              .or("float4")
              .arrays(PgRealArray::of)
              .binary(Oid.FLOAT4, PgFloat::float4),
          PgTypes.Name.of("double precision", text -> new PgFloat(text, /* wide= */ true))
              .or("float8")
              .binary(Oid.FLOAT8, PgFloat::float8));

  private static final long serialVersionUID = 1L;

  private static final Pattern TEXT =
      Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?|NaN|-?Infinity");

  private final boolean wide;

  private PgFloat(TypeText text, boolean wide) {
    super(text);
    this.wide = wide;
  }

  /** Whether it is a double. */
  public boolean wide() {
    return wide;
  }

  /** Integers of so many bits are exact. */
  int exactBits() {
    return wide ? 53 : 24;
  }

  /** A double has to be the same number afterwards, a decimal has to print the same. */
  @Override
  public @Nullable String fitting(String text, boolean approximate) {
    boolean fits =
        wide
            ? prints(text, Double.toString(Double.parseDouble(text)))
            : approximate
                ? Float.parseFloat(text) == Double.parseDouble(text)
                : prints(text, Float.toString(Float.parseFloat(text)));
    return fits ? text : null;
  }

  private static boolean prints(String text, String printed) {
    return !printed.contains("n") && new BigDecimal(printed).compareTo(new BigDecimal(text)) == 0;
  }

  @Override
  public String textForm(String value) {
    if (!TEXT.matcher(value).matches()) {
      throw new NumberFormatException();
    }
    return value;
  }

  @Override
  public @Nullable String defaultOf(MySqlType source, String value, boolean mariadb) {
    return PgNumeric.defaultOf(value);
  }

  @Override
  public boolean plain() {
    return true;
  }

  private static boolean float4(byte[] text, int start, int end, ValueBuffer out) {
    float value = FloatText.floatOf(text, start, end);
    if (Float.isNaN(value)) {
      return false;
    }
    out.putInt(Float.BYTES);
    out.putInt(Float.floatToRawIntBits(value));
    return true;
  }

  private static boolean float8(byte[] text, int start, int end, ValueBuffer out) {
    double value = FloatText.doubleOf(text, start, end);
    if (Double.isNaN(value)) {
      return false;
    }
    out.putInt(Double.BYTES);
    out.putLong(Double.doubleToRawLongBits(value));
    return true;
  }

  @Override
  public CanonicalForm canonical() {
    return wide ? new DoubleForm() : new RealForm();
  }

  @Override
  public String canonicalWords() {
    return "the IEEE " + (wide ? "double" : "single") + "; -0 is 0";
  }

  @Override
  public boolean comparable(PgType referenced) {
    return referenced instanceof PgFloat other && wide == other.wide;
  }

  @Override
  public String parkingValue() {
    return "-" + ThreadLocalRandom.current().nextInt(1, 16_000_000) + "e9";
  }

  @Override
  public List<Fault> faults(List<String> labels) {
    return wide ? NumberFaults.doubles() : NumberFaults.reals();
  }

  @Override
  public String neutral(List<String> labels) {
    return "0";
  }

  @Override
  public List<Fault.Need> needs() {
    return List.of(new Fault.Need(text -> text.matches("-?[0.]+"), "0"));
  }

  @Override
  public String folded(String text) {
    return PgNumeric.foldedNumber(text);
  }
}
