package dev.landfall.transforms.types;

import dev.landfall.transforms.value.Rows;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** set, which prints its members between commas (MySQL manual 11.3.6). */
public final class MySqlSet extends MySqlType {
  static final List<MySqlTypes.Name> NAMES = MySqlTypes.Name.all(MySqlSet::new, "set");

  private MySqlSet(Declaration declared) {
    super(declared);
  }

  @Override
  public Optional<String> becomes(Known known) {
    return Optional.of("text[]");
  }

  @Override
  Fit into(PgType target) {
    return target instanceof PgTextArray
        ? Fit.by(new Members())
        : text(target, Conversion.TEXT, length());
  }

  @Override
  public String words() {
    return declared().dataType();
  }

  /** {@code a,b} to the array {@code {"a","b"}}. */
  private static final class Members extends Conversion {
    private static final long serialVersionUID = 1L;

    Members() {
      super("SET", "`a,b` to `{\"a\",\"b\"}`");
    }

    @Override
    public boolean isText() {
      return true;
    }

    /** Members hold no comma (MySQL manual 11.3.6), so commas separate them. */
    @Override
    public @Nullable String append(byte[] bytes, int start, int end, Rows.Builder out) {
      out.append('{');
      if (end > start) {
        out.append('"');
        for (int i = start; i < end; i++) {
          switch (bytes[i]) {
            case ',' -> {
              out.append('"');
              out.append(',');
              out.append('"');
            }
            case '"', '\\' -> {
              out.append('\\');
              out.append(bytes[i]);
            }
            default -> out.append(bytes[i]);
          }
        }
        out.append('"');
      }
      out.append('}');
      out.endValue();
      return null;
    }
  }

  @Override
  public Optional<String> why(PgType target) {
    return target instanceof PgTextArray
        ? Optional.of("an array; a check keeps its members")
        : Optional.empty();
  }
}
