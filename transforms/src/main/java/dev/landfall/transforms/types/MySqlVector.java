package dev.landfall.transforms.types;

import dev.landfall.transforms.value.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * vector of MySQL 9 and MariaDB 11.7, four bytes for each float, the lowest first (MySQL manual
 * 13.3.5).
 */
public final class MySqlVector extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlVector::new, "vector");

  private MySqlVector(Declaration declared) {
    super(declared);
  }

  /**
   * A vector of MariaDB has as many floats as declared, one of MySQL may have fewer, which only
   * pgvector's type without a number takes.
   */
  @Override
  public Optional<String> becomes(Known known) {
    Optional<String> vector = known.extensionType("vector");
    Optional<Integer> dimensions = DeclaredType.of(declared()).number();
    if (vector.isEmpty() || dimensions.filter(d -> d > PgVector.MOST_DIMENSIONS).isPresent()) {
      return Optional.of("real[]");
    }
    return known.mariadb() && dimensions.isPresent()
        ? Optional.of(vector.get() + "(" + dimensions.get() + ")")
        : vector;
  }

  @Override
  Fit into(PgType target) {
    if (target instanceof PgRealArray) {
      return Fit.by(new Floats("VECTOR", "little-endian floats to `{1.5,2.0}`", '{', '}'));
    }
    Conversion text = new Floats("VECTOR_TEXT", "little-endian floats to `[1.5,2.0]`", '[', ']');
    // Fewer floats than declared, which MySQL takes and pgvector does not, are a reject.
    return target instanceof PgVector ? Fit.by(text) : text(target, text, Long.MAX_VALUE);
  }

  /** As bytes to any driver. */
  @Override
  public String read(String column) {
    return "CAST(" + column + " AS BINARY)";
  }

  @Override
  boolean isBytes() {
    return true;
  }

  /** A list of numbers with as many digits as name each float and no other. */
  private static final class Floats extends Conversion {
    private static final long serialVersionUID = 1L;

    private final char open;
    private final char close;

    Floats(String name, String words, char open, char close) {
      super(name, words);
      this.open = open;
      this.close = close;
    }

    @Override
    public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
      int length = end - start;
      if (length % Float.BYTES != 0) {
        return "no vector: " + length + " bytes are no whole number of floats";
      }
      ByteBuffer floats = ByteBuffer.wrap(bytes, start, length).order(ByteOrder.LITTLE_ENDIAN);
      out.append(open);
      while (floats.hasRemaining()) {
        if (floats.position() > start) {
          out.append(',');
        }
        byte[] text = Float.toString(floats.getFloat()).getBytes(StandardCharsets.US_ASCII);
        out.append(text, 0, text.length);
      }
      out.append(close);
      out.endValue();
      return null;
    }
  }

  @Override
  public Optional<String> why(PgType target) {
    return target instanceof PgRealArray
        ? Optional.of("a vector where the target has pgvector")
        : Optional.empty();
  }
}
