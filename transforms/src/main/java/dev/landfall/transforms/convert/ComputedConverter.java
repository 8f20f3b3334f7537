package dev.landfall.transforms.convert;

import dev.landfall.transforms.compute.AsciiOperator;
import dev.landfall.transforms.compute.AsciiText;
import dev.landfall.transforms.compute.Copied;
import dev.landfall.transforms.compute.Formula;
import dev.landfall.transforms.compute.Operator;
import dev.landfall.transforms.compute.UnfitException;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.ValueSource;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgType;
import dev.landfall.transforms.value.Rows;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the values of one column that a formula computes. */
final class ComputedConverter implements ColumnConverter {
  private final ColumnMapping column;
  private final Inputs inputs;
  private final Formula.Maker maker;
  private final Operator[] operators;

  /** Whether what is made is a value of the column's type as it is. */
  private final boolean sameType;

  /** The rows whose values the maker knows it will be asked for. */
  private @Nullable Rows prepared;

  /** How many characters the column takes. */
  private final int longest;

  /** Whether what it is made of is not to be seen. */
  private final boolean hides;

  /** What was made before of few different values; null where that can't be told. */
  private final @Nullable Memo memo;

  /** The operators where all of them can do without a String; else null. */
  private final AsciiOperator @Nullable [] ascii;

  private final AsciiText text = new AsciiText();
  private final int read;

  ComputedConverter(ColumnMapping column, ValueSource.Computed computed, Inputs inputs) {
    this.column = column;
    this.inputs = inputs;
    this.maker = computed.formula().maker();
    this.operators = computed.operators().toArray(new Operator[0]);
    this.sameType = computed.type().equals(column.type());
    this.longest =
        column.type() instanceof PgText type
            ? Objects.requireNonNullElse(type.length(), Integer.MAX_VALUE)
            : Integer.MAX_VALUE;
    this.hides = computed.hides();
    this.read = inputs.onlyAsRead();
    this.ascii = read >= 0 && sameType ? ascii(computed) : null;
    this.memo = ascii == null && !maker.prepares() ? inputs.memo() : null;
  }

  private static AsciiOperator @Nullable [] ascii(ValueSource.Computed computed) {
    boolean all =
        computed.formula() instanceof Copied
            && computed.operators().stream().allMatch(o -> o instanceof AsciiOperator);
    return all ? computed.operators().toArray(new AsciiOperator[0]) : null;
  }

  @Override
  public ColumnMapping column() {
    return column;
  }

  @Override
  public boolean unchanged(Rows in) {
    return in.size() == 0;
  }

  @Override
  public void countPassed(Rows in) {}

  @Override
  public @Nullable Refusal append(Rows in, int row, Rows.Builder out) {
    if (maker.prepares() && in != prepared) {
      prepared = in;
      maker.prepare(inputs.all(in));
    }
    if (ascii != null && appendAscii(ascii, in, row, out)) {
      return null;
    }
    if (memo != null && memo.find(in, row)) {
      out.addBytes(memo.made());
      return null;
    }
    Refusal refusal = inputs.read(in, row);
    return refusal == null ? make(out) : hides ? hidden() : refusal;
  }

  /** Appends what is made of a text of ASCII; false, and nothing, of anything else and for NULL. */
  private boolean appendAscii(AsciiOperator[] all, Rows in, int row, Rows.Builder out) {
    if (in.isNull(row, read) || !text.take(in.bytes(), in.start(row, read), in.end(row, read))) {
      return false;
    }
    for (AsciiOperator operator : all) {
      operator.change(text);
      if (text.isNull()) {
        return false;
      }
    }
    out.add(text.bytes(), text.start(), text.length());
    return true;
  }

  private @Nullable Refusal make(Rows.Builder out) {
    String value;
    try {
      value = maker.make(inputs.texts());
      for (Operator operator : operators) {
        value = operator.apply(value);
      }
      value = value == null ? column.nullDefault() : fit(value);
    } catch (UnfitException e) {
      return hides ? hidden() : Refusal.of(e.reason() + inputs.shown());
    }
    if (value == null && !column.nullable()) {
      return Refusal.of(
          "NULL was made, and the target's column is NOT NULL" + (hides ? "" : inputs.shown()));
    }
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    if (memo != null) {
      memo.keep(bytes);
    }
    out.addBytes(bytes);
    return null;
  }

  private String fit(String value) throws UnfitException {
    if (value.length() > longest) {
      int characters = value.codePointCount(0, value.length());
      if (characters > longest) {
        throw new UnfitException(
            "what was made has "
                + characters
                + " characters, "
                + column.type()
                + " takes "
                + longest);
      }
    }
    if (sameType) {
      return value;
    }
    PgType type = column.type();
    try {
      return type.textForm(value);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new UnfitException(
          "\"" + value + "\" is no value of " + type + ", or would be rounded");
    }
  }

  private static Refusal hidden() {
    return new Refusal(
        null, "what is done to the value does not fit it; it is not to be seen", null);
  }
}
