package dev.landfall.transforms.expr;

import dev.landfall.transforms.types.PgType;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a row, in the words of CEL (the Common Expression Language, <a
 * href="https://github.com/google/cel-spec">cel-spec</a>): read by its parser, checked and
 * evaluated here, since CEL has no decimals, no dates and no NULL of a database. {@code
 * docs/expressions.md} says what may be written and what it means.
 *
 * <p>What it makes depends on the row alone: it has no clock, no chance and no state. It always
 * ends, in a time that its length and the values' bound. Two are equal when they are written alike
 * over the same columns.
 */
public final class Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String text;

  /** Those that it reads, in order. */
  private final List<Variable> used;

  /** Made again in another process. */
  private transient volatile @Nullable Program program;

  private Expression(String text, Program program) {
    this.text = text;
    this.used = program.used();
    this.program = program;
  }

  /**
   * Reads and checks an expression of any type.
   *
   * @param columns those that it may read
   */
  public static Expression compile(String text, List<Variable> columns) throws ExpressionMistake {
    Program program = Compiler.compile(text, columns);
    Term made = program.made();
    if (made.type().pg() == null) {
      throw new ExpressionMistake(
          text,
          0,
          made.type().equals(Type.NULL)
              ? "this is always NULL, of no type"
              : "no column takes " + made.type().words() + " but join(…) makes a text of it");
    }
    return new Expression(text, program);
  }

  /** Reads and checks an expression that says yes or no. */
  public static Expression condition(String text, List<Variable> columns) throws ExpressionMistake {
    Program program = Compiler.compile(text, columns);
    Term made = program.made();
    if (!made.type().equals(Type.BOOL)) {
      throw new ExpressionMistake(
          text, 0, "a condition is a boolean, and this is " + made.type().words());
    }
    return new Expression(text, program);
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The names of the columns that it reads: those whose values its evaluator takes, in order. */
  public List<String> used() {
    return used.stream().map(Variable::name).toList();
  }

  /** The same columns, as they were given. */
  public List<Variable> variables() {
    return used;
  }

  /** What it makes. */
  public PgType type() {
    return Objects.requireNonNull(program().made().type().pg());
  }

  /** Whether it may make NULL. */
  public boolean nullable() {
    return program().made().nullable();
  }

  /** The same as a condition that a database can judge, where it is one. */
  public Optional<Simple> simple() {
    return Optional.ofNullable(program().made().simple());
  }

  /** Makes values; for one thread. */
  public Evaluator evaluator() {
    return new Evaluator(text, program());
  }

  private Program program() {
    Program known = program;
    if (known == null) {
      try {
        known = Compiler.compile(text, used);
      } catch (ExpressionMistake e) {
        throw new IllegalStateException(text + " was checked before", e);
      }
      program = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Expression that && text.equals(that.text) && used.equals(that.used);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
