package dev.landfall.transforms.expr;

import static dev.landfall.transforms.expr.Type.BOOL;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes what CEL's parser read into something that can be evaluated, and says what is wrong. */
final class Compiler {
  /** Parts of an expression: nobody writes more by hand. */
  private static final int MAX_PARTS = 1000;

  private static final Pattern NUMBER = Pattern.compile("-?\\s*(\\d*\\.?\\d+(?:[eE][+-]?\\d+)?)");

  private final String text;
  private final Map<Long, Integer> positions;
  private final Map<String, Variable> columns = new HashMap<>();
  private final Map<String, Integer> inputs = new HashMap<>();
  private final List<Variable> used = new ArrayList<>();
  private final Map<String, Term> loopVariables = new HashMap<>();
  private final Forms forms = new Forms(this);
  private int depth;
  private int loops;
  private int parts;

  private Compiler(String text, CelAbstractSyntaxTree tree, List<Variable> columns) {
    this.text = text;
    this.positions = tree.getSource().getPositionsMap();
    columns.forEach(column -> this.columns.put(column.name(), column));
  }

  static Program compile(String text, List<Variable> columns) throws ExpressionMistake {
    CelAbstractSyntaxTree tree = Syntax.parse(text);
    Compiler compiler = new Compiler(text, tree, columns);
    Term made = compiler.term(tree.getExpr());
    return new Program(made, compiler.used, compiler.loops);
  }

  Term term(CelExpr part) throws ExpressionMistake {
    int offset = offset(part);
    parts++;
    if (parts > MAX_PARTS) {
      throw mistake(offset, "an expression has " + MAX_PARTS + " parts at most");
    }
    return switch (part.getKind()) {
      case CONSTANT -> constant(part.constant(), offset);
      case IDENT -> variable(part.ident().name(), offset);
      case CALL -> call(part.call(), offset);
      case LIST -> list(part.list().elements(), offset);
      case SELECT ->
          throw mistake(
              offset,
              "a value has no fields; jsonText(column, '$."
                  + part.select().field()
                  + "') reads one of a JSON document");
      case MAP, STRUCT -> throw mistake(offset, "{…} is not for expressions");
      case COMPREHENSION, NOT_SET -> throw mistake(offset, "this is no expression");
    };
  }

  private Term constant(CelConstant value, int offset) throws ExpressionMistake {
    return switch (value.getKind()) {
      case NULL_VALUE -> Term.constant(Type.NULL, null, offset);
      case BOOLEAN_VALUE -> Term.constant(BOOL, value.booleanValue(), offset);
      case INT64_VALUE -> Term.constant(Type.INT, value.int64Value(), offset);
      case DOUBLE_VALUE ->
          Term.constant(Type.DECIMAL, decimal(value.doubleValue(), offset), offset);
      case STRING_VALUE -> Term.constant(Type.STRING, value.stringValue(), offset);
      case BYTES_VALUE -> Term.constant(Type.BYTES, value.bytesValue().toByteArray(), offset);
      case UINT64_VALUE -> throw mistake(offset, "numbers are written without u");
      case DURATION_VALUE, TIMESTAMP_VALUE, NOT_SET -> throw mistake(offset, "this is no value");
    };
  }

  /** As it is written: the parser's double has lost digits. */
  private BigDecimal decimal(double approximate, int offset) throws ExpressionMistake {
    Matcher matcher = NUMBER.matcher(text).region(offset, text.length());
    if (!matcher.lookingAt() || !Double.isFinite(approximate)) {
      throw mistake(offset, "this number is too large");
    }
    try {
      BigDecimal number = Values.decimal(matcher.group(1));
      BigDecimal plain = number.scale() < 0 ? number.setScale(0) : number;
      return approximate < 0 ? plain.negate() : plain;
    } catch (NumberFormatException e) {
      throw mistake(offset, "this number has too many digits");
    }
  }

  private Term variable(String written, int offset) throws ExpressionMistake {
    String name = written.startsWith(".") ? written.substring(1) : written;
    Term loop = loopVariables.get(name);
    return loop == null ? column(name, offset) : loop;
  }

  Term column(String name, int offset) throws ExpressionMistake {
    Variable column = columns.get(name);
    if (column == null) {
      throw new ExpressionMistake(text, offset, Syntax.unknown(name), name);
    }
    int input = inputs.computeIfAbsent(name, n -> used.size());
    if (input == used.size()) {
      used.add(column);
    }
    Type type = Type.of(column.type());
    Node node =
        type.equals(Type.STRING)
            ? row -> row.text(input)
            : row -> {
              String value = row.text(input);
              return value == null ? null : Values.read(type, value);
            };
    return Term.column(name, type, column.nullable(), node, offset);
  }

  private Term list(List<CelExpr> elements, int offset) throws ExpressionMistake {
    List<Term> terms = terms(elements);
    if (terms.isEmpty()) {
      return Term.constant(Type.list(Type.NULL), List.of(), offset);
    }
    List<Term> same = same("the elements", terms, offset);
    Type type = same.get(0).type();
    checkElement(type, offset);
    return folded(Lists.list(type, same, offset), same);
  }

  void checkElement(Type type, int offset) throws ExpressionMistake {
    if (type.element() != null || type.equals(Type.BYTES)) {
      throw mistake(offset, "a list has no elements like " + type.words());
    }
  }

  private Term call(CelExpr.CelCall call, int offset) throws ExpressionMistake {
    List<CelExpr> written = new ArrayList<>(call.args());
    call.target().ifPresent(target -> written.add(0, target));
    Term form = forms.form(call.function(), written, offset);
    if (form != null) {
      return form;
    }
    List<Term> arguments = terms(written);
    if (arguments.size() == 1
        && arguments.get(0).type().element() != null
        && (call.function().equals("size") || call.function().equals("length"))) {
      return folded(Lists.size(arguments.get(0), offset), arguments);
    }
    Overload function = Functions.choose(call.function(), arguments);
    if (function == null) {
      throw mistake(offset, Syntax.unfit(call.function(), arguments));
    }
    try {
      List<Term> fit = Functions.converted(arguments, function.takes());
      Term made =
          Term.of(
                  function.gives(),
                  function.mayBeNull() || fit.stream().anyMatch(Term::nullable),
                  function.maker().make(fit),
                  offset)
              .with(simple(call.function(), arguments));
      return folded(made, fit);
    } catch (EvaluationException e) {
      throw mistake(offset, e.reason());
    } catch (IllegalArgumentException e) {
      throw mistake(offset, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Simple simple(String function, List<Term> arguments) {
    if (function.equals("startsWith")) {
      String column = arguments.get(0).column();
      return column != null && arguments.get(1).value() instanceof String start
          ? new Simple.StartsWith(column, start)
          : null;
    }
    return arguments.size() == 2
        ? Comparisons.simple(function, arguments.get(0), arguments.get(1))
        : null;
  }

  /** What is said of a loop's element, within the loop. */
  interface Body {
    Term of(int loop) throws ExpressionMistake;
  }

  /** Reads the inside of a loop, where a name stands for an element. */
  Term within(String name, Type element, int offset, Body body) throws ExpressionMistake {
    int loop = depth++;
    loops = Math.max(loops, depth);
    Term outer = loopVariables.put(name, Term.of(element, true, row -> row.slot(loop), offset));
    Term made = body.of(loop);
    depth--;
    if (outer == null) {
      loopVariables.remove(name);
    } else {
      loopVariables.put(name, outer);
    }
    return made;
  }

  /** A column as it came, whether or not its text is a value. */
  Term raw(Term term) {
    Integer input = term.column() == null ? null : inputs.get(term.column());
    return input == null
        ? term
        : new Term(
            term.type(),
            term.nullable(),
            row -> row.text(input),
            term.offset(),
            false,
            null,
            term.column(),
            null);
  }

  List<Term> terms(List<CelExpr> written) throws ExpressionMistake {
    List<Term> terms = new ArrayList<>();
    for (CelExpr part : written) {
      terms.add(term(part));
    }
    return terms;
  }

  Term bool(CelExpr part) throws ExpressionMistake {
    Term term = term(part);
    if (term.type().equals(Type.NULL)) {
      return Term.constant(BOOL, null, term.offset());
    }
    if (!term.type().equals(BOOL)) {
      throw mistake(term.offset(), Syntax.noBoolean(term));
    }
    return term;
  }

  List<Term> same(String which, List<Term> terms, int offset) throws ExpressionMistake {
    Type type = Functions.common(terms);
    if (type == null) {
      throw mistake(offset, which + " have to be of one type: " + Syntax.types(terms));
    }
    try {
      return Functions.converted(terms, java.util.Collections.nCopies(terms.size(), type));
    } catch (EvaluationException e) {
      throw mistake(offset, e.reason());
    }
  }

  Term folded(Term term, List<Term> made) throws ExpressionMistake {
    try {
      return term.folded(made.stream().allMatch(Term::constant));
    } catch (EvaluationException e) {
      throw mistake(term.offset(), "this has no value: " + e.reason());
    }
  }

  int offset(CelExpr part) {
    int characters = positions.getOrDefault(part.id(), 0);
    int offset =
        text.offsetByCodePoints(0, Math.min(characters, text.codePointCount(0, text.length())));
    // Of a call the parser tells where its parentheses begin.
    if (part.getKind() == CelExpr.ExprKind.Kind.CALL && text.startsWith("(", offset)) {
      while (offset > 0 && Character.isWhitespace(text.charAt(offset - 1))) {
        offset--;
      }
      while (offset > 0 && Character.isJavaIdentifierPart(text.charAt(offset - 1))) {
        offset--;
      }
    }
    return offset;
  }

  ExpressionMistake mistake(int offset, String message) {
    return new ExpressionMistake(text, offset, message);
  }
}
