package dev.landfall.transforms.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function for arguments of certain types. Any that is NULL makes the whole NULL.
 *
 * @param name as expressions write it, operators as CEL names them: {@code _+_}
 * @param mayBeNull whether it may make NULL of arguments that are not
 */
record Overload(String name, List<Type> takes, Type gives, boolean mayBeNull, Maker maker) {
  /** Makes the node of the arguments' ones. */
  interface Maker {
    /**
     * The node, once for an expression.
     *
     * @throws IllegalArgumentException with words for a person, when an argument has to be a
     *     constant and isn't, or is a wrong one
     */
    Node make(List<Term> arguments);
  }

  /** A function of one argument. */
  interface One<A, R> {
    @Nullable R of(A a) throws EvaluationException;
  }

  /** A function of two arguments. */
  interface Two<A, B, R> {
    @Nullable R of(A a, B b) throws EvaluationException;
  }

  /** A function of three arguments. */
  interface Three<A, B, C, R> {
    @Nullable R of(A a, B b, C c) throws EvaluationException;
  }

  /** Makes a function of an argument that is the same for all rows. */
  interface Prepared<B, A, R> {
    One<A, R> with(B constant);
  }

  static <A, R> Overload of(String name, Type a, Type gives, One<A, R> function) {
    return new Overload(
        name, List.of(a), gives, false, arguments -> one(arguments.get(0).node(), function));
  }

  static <A, B, R> Overload of(String name, Type a, Type b, Type gives, Two<A, B, R> function) {
    return new Overload(
        name,
        List.of(a, b),
        gives,
        false,
        arguments -> two(arguments.get(0).node(), arguments.get(1).node(), function));
  }

  static <A, B, C, R> Overload of(
      String name, Type a, Type b, Type c, Type gives, Three<A, B, C, R> function) {
    return new Overload(
        name,
        List.of(a, b, c),
        gives,
        false,
        arguments ->
            three(
                arguments.get(0).node(),
                arguments.get(1).node(),
                arguments.get(2).node(),
                function));
  }

  /**
   * A function whose second argument is the same for all rows.
   *
   * @param what that argument is, for a person
   */
  static <A, B, R> Overload prepared(
      String name, Type a, Type b, Type gives, String what, Prepared<B, A, R> function) {
    return new Overload(
        name,
        List.of(a, b),
        gives,
        false,
        arguments -> {
          Term constant = arguments.get(1);
          if (constant.value() == null) {
            throw new IllegalArgumentException(what + " has to be a text in quotes");
          }
          return one(arguments.get(0).node(), function.with(cast(constant.value())));
        });
  }

  /** The same, but its outcome may be NULL. */
  Overload orNull() {
    return new Overload(name, takes, gives, true, maker);
  }

  /** The same under another name. */
  Overload as(String other) {
    return new Overload(other, takes, gives, mayBeNull, maker);
  }

  private static <A, R> Node one(Node a, One<A, R> function) {
    return row -> {
      Object first = a.of(row);
      return first == null ? null : function.of(cast(first));
    };
  }

  private static <A, B, R> Node two(Node a, Node b, Two<A, B, R> function) {
    return row -> {
      Object first = a.of(row);
      Object second = b.of(row);
      return first == null || second == null ? null : function.of(cast(first), cast(second));
    };
  }

  private static <A, B, C, R> Node three(Node a, Node b, Node c, Three<A, B, C, R> function) {
    return row -> {
      Object first = a.of(row);
      Object second = b.of(row);
      Object third = c.of(row);
      return first == null || second == null || third == null
          ? null
          : function.of(cast(first), cast(second), cast(third));
    };
  }

  /** The types were checked: {@link Type} says of which class a value is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
