package dev.landfall.transforms.ddl;

import dev.landfall.transforms.ddl.DdlStatement.Claim;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.OddValue;
import dev.landfall.transforms.model.Policy;
import dev.landfall.transforms.model.SchemaObject;
import dev.landfall.transforms.model.SourceCatalog.Product;
import dev.landfall.transforms.model.SourceCheck;
import dev.landfall.transforms.model.SourceColumn;
import dev.landfall.transforms.model.TableMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.sql.BrokenSql;
import dev.landfall.transforms.sql.ConstraintSql;
import dev.landfall.transforms.translate.ExpressionTranslator;
import dev.landfall.transforms.translate.Translation;
import dev.landfall.transforms.types.MySqlEnum;
import dev.landfall.transforms.types.MySqlSet;
import dev.landfall.transforms.types.PgText;
import dev.landfall.transforms.types.PgTextArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks of the tables that one source table becomes: the source's own, as far as they can be
 * translated, and the members of enums and sets.
 */
final class CheckDdl {
  private final TableMapping mapping;
  private final Product product;
  private final TargetNames names;
  private final ObjectTable objects;
  private final List<DdlStatement> statements = new ArrayList<>();

  /** By the name of a check that the source has too, what counts the rows there that break it. */
  private final Map<String, String> sources = new HashMap<>();

  CheckDdl(TableMapping mapping, Product product, TargetNames names, ObjectTable objects) {
    this.mapping = mapping;
    this.product = product;
    this.names = names;
    this.objects = objects;
  }

  List<DdlStatement> statements() {
    if (mapping.targets().stream().allMatch(TargetTable::existing)) {
      mapping.source().checks().forEach(check -> left(check, ObjectTable.EXISTING));
    }
    for (TargetTable target : mapping.targets()) {
      if (!target.existing()) {
        Map<String, String> conditions = new LinkedHashMap<>();
        target.columns().forEach(column -> members(target, column, conditions));
        mapping.source().checks().forEach(check -> translate(target, check, conditions));
        if (!conditions.isEmpty()) {
          statements.add(statement(target, conditions));
        }
      }
    }
    return statements;
  }

  private DdlStatement statement(TargetTable target, Map<String, String> conditions) {
    List<String> checks = List.copyOf(conditions.keySet());
    return new DdlStatement(
        target.name(),
        checks.get(checks.size() - 1),
        ConstraintSql.addChecks(target.name(), conditions),
        DdlStatement.Kind.CHECK,
        conditions.entrySet().stream()
            .map(
                c ->
                    new Claim(
                        c.getKey(),
                        ConstraintSql.unproved(
                            ConstraintSql.addChecks(
                                target.name(), Map.of(c.getKey(), c.getValue()))),
                        BrokenSql.check(target.name(), c.getValue()),
                        sources.get(c.getKey()),
                        null))
            .toList());
  }

  private void members(TargetTable target, ColumnMapping column, Map<String, String> conditions) {
    Optional<SourceColumn> read = mapping.sourceOf(column);
    if (read.isEmpty()) {
      return;
    }
    SourceColumn source = read.get();
    boolean isEnum = source.type() instanceof MySqlEnum && column.type() instanceof PgText;
    boolean isSet = source.type() instanceof MySqlSet && column.type() instanceof PgTextArray;
    if (!isEnum && !isSet) {
      return;
    }
    if (!known(source)) {
      objects.left(
          SchemaObject.Kind.COLUMN,
          mapping.source().name(),
          source.name(),
          "takes any text: the source's catalogue shows a member's characters beyond U+FFFF as ?",
          source.columnType());
      return;
    }
    String condition =
        isEnum
            ? ConstraintSql.isOneOf(column.name(), allowed(column, source))
            : ConstraintSql.containsOnly(column.name(), source.members());
    conditions.put(names.constraint(target.name(), column.name() + "_members"), condition);
  }

  private static boolean known(SourceColumn source) {
    String set = String.valueOf(source.characterSet());
    return source.members().stream().noneMatch(m -> m.contains("?") || m.indexOf('\0') >= 0)
        || !(set.equals("utf8mb4") || set.startsWith("utf16") || set.equals("utf32"));
  }

  /** The members, and what a rule may put in the place of a NULL or of index 0. */
  private static Set<String> allowed(ColumnMapping column, SourceColumn source) {
    Set<String> allowed = new LinkedHashSet<>(source.members());
    Policy policy =
        column.rules().policy(OddValue.EMPTY_ENUM).orElse(Policy.of(Policy.Outcome.KEEP));
    if (policy.outcome() == Policy.Outcome.KEEP) {
      allowed.add("");
    }
    if (policy.value() != null) {
      allowed.add(policy.value());
    }
    if (column.nullDefault() != null) {
      allowed.add(column.nullDefault());
    }
    return allowed;
  }

  private void translate(TargetTable target, SourceCheck check, Map<String, String> conditions) {
    Translation translation =
        new ExpressionTranslator(product, new TableScope(mapping, target))
            .condition(check.clause());
    if (!check.enforced()) {
      left(check, "the source does not enforce it, which PostgreSQL has only since version 18");
    } else if (translation.sql() == null) {
      left(check, String.valueOf(translation.reason()));
    } else {
      String name = names.constraint(target.name(), check.name());
      conditions.put(name, translation.sql());
      sources.put(name, BrokenSql.checkAtSource(mapping.source().name(), check.clause()));
    }
  }

  private void left(SourceCheck check, String note) {
    objects.left(SchemaObject.Kind.CHECK, mapping.source().name(), check.name(), note, text(check));
  }

  static String text(SourceCheck check) {
    return "CHECK (" + check.clause() + ")" + (check.enforced() ? "" : " NOT ENFORCED");
  }
}
