package dev.landfall.transforms.translate;

import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.translate.ValueType.Chars;
import dev.landfall.transforms.translate.ValueType.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Functions of JSON documents. What they give is what the document in the target holds: where its
 * conversion to jsonb spells a number in another way ({@code 1e20}), so does the expression.
 */
final class Documents {
  /** A step of a path to a member (MySQL manual 11.5, JSON Path Syntax). */
  private static final Pattern STEP =
      Pattern.compile("\\.(?:([A-Za-z_$][A-Za-z0-9_$]*)|\"([^\"\\\\]+)\")");

  private Documents() {}

  static @Nullable Term call(Product product, String name, List<Term> arguments) {
    return switch (name) {
      case "json_extract" -> member(arguments);
      case "json_unquote" -> unquoted(product, arguments.get(0));
      case "json_valid" -> valid(arguments.get(0));
      default -> null;
    };
  }

  private static Term member(List<Term> arguments) {
    String path = arguments.size() == 2 ? arguments.get(1).textLiteral() : null;
    if (!(arguments.get(0).type() instanceof Document document) || path == null) {
      throw new Untranslatable("JSON_EXTRACT of anything but a column by one literal path");
    }
    String steps =
        steps(path).stream()
            .map(step -> Term.text(step).sql())
            .collect(Collectors.joining(" -> ", " -> ", ""));
    return Term.of("(" + arguments.get(0).sql() + steps + ")", document);
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int at = 1;
    while (path.startsWith("$") && matcher.find(at) && matcher.start() == at) {
      steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      at = matcher.end();
    }
    if (steps.isEmpty() || at != path.length()) {
      throw new Untranslatable("the JSON path " + path + " is not one of plain members");
    }
    return steps;
  }

  /** MySQL's text of a JSON null is "null"; PostgreSQL's is NULL. */
  private static Term unquoted(Product product, Term argument) {
    if (!(argument.type() instanceof Document document)) {
      throw new Untranslatable("JSON_UNQUOTE of " + argument.type().words());
    }
    String type = document.binary() ? "jsonb_typeof" : "json_typeof";
    Collation collation = product == Product.MYSQL ? Collation.of("utf8mb4_bin") : Collation.MADE;
    return Term.of(
        "(CASE WHEN "
            + type
            + "("
            + argument.sql()
            + ") = 'null' THEN 'null' ELSE "
            + argument.sql()
            + " #>> '{}' END)",
        new Chars(collation, /* utf8= */ true));
  }

  /** What is in a JSON column is valid, or it would not be there. */
  private static Term valid(Term argument) {
    if (!(argument.type() instanceof Document)) {
      throw new Untranslatable("JSON_VALID of " + argument.type().words());
    }
    return Term.condition("(CASE WHEN " + argument.sql() + " IS NOT NULL THEN true END)");
  }
}
