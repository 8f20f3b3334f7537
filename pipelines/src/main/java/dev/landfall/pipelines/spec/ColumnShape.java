package dev.landfall.pipelines.spec;

import static dev.landfall.pipelines.spec.shape.Key.key;

import dev.landfall.pipelines.spec.shape.Clause.Place;
import dev.landfall.pipelines.spec.shape.Shape;
import dev.landfall.pipelines.spec.shape.When;

/** What a spec may say of one target column. */
final class ColumnShape {
  private static final When UUID = When.there("uuid");

  static final Shape COLUMN =
      new Shape.Named(
          "column",
          Shape.anyOf(
              Shape.Scalar.NAME.with("description", "The source column."),
              Shape.fields(
                      key(
                          "from",
                          Shape.anyOf(Shape.Scalar.NAME, Shape.listOf(Shape.Scalar.NAME).some()),
                          "The source column, or several with join. Without it: the one with the"
                              + " target's name."),
                      key(
                          "constant",
                          Shape.anyOf(Shape.Scalar.TEXT, Shape.Scalar.NULL),
                          "The value in every row."),
                      key("ifNull", Shape.Scalar.TEXT, "What a NULL becomes."),
                      key(
                          "type",
                          Shape.Scalar.TEXT,
                          "The PostgreSQL type, or enum. Without it: what the source's type"
                              + " becomes."),
                      key(
                          "nullable",
                          Shape.Scalar.FLAG,
                          "Whether NULL is allowed. Without it: as in the source."),
                      key("rules", RulesReader.SHAPE, "What becomes of its odd values."),
                      key("collation", Words.EQUALITY, "What becomes of its collation."),
                      key("apply", OperatorReader.SHAPE, "What is done to its values, in order."),
                      key(
                          "join",
                          Shape.Scalar.TEXT,
                          "The text between the columns of from, which become one."),
                      key(
                          "uuid",
                          Shape.anyOf(Shape.Scalar.NAME, Shape.listOf(Shape.Scalar.NAME).some()),
                          "A UUID that is made of these columns, the same in every run."),
                      key(
                          "number",
                          Shape.anyOf(Shape.Scalar.NAME, Shape.listOf(Shape.Scalar.NAME).some()),
                          "A number that stands for these columns, the same in every run."),
                      key(
                          "of",
                          Shape.Scalar.NAME,
                          "The table whose key the columns of uuid or number are. Without it: this"
                              + " one."),
                      key(
                          "namespace",
                          MadeReader.NAMESPACE,
                          "The namespace of uuid. Without it: Landfall's."),
                      key(
                          "expr",
                          Shape.Scalar.NAME,
                          "An expression over the row's columns, in CEL."),
                      key(
                          "sql",
                          Shape.Scalar.NAME,
                          "An expression that the source evaluates for each row; a text."),
                      key("lookup", LookupReader.SHAPE, "A value of another table's row."),
                      key(
                          "plugin",
                          Shape.Scalar.NAME,
                          "The plug-in that makes it of the columns of from."),
                      key(
                          "with",
                          Shape.mapOf(Shape.Scalar.TEXT, Shape.Scalar.TEXT),
                          "What is said to the plug-in."))
                  .with(
                      When.there("constant")
                          .forbids(
                              Place.MAP,
                              "a constant can't have %s beside it.",
                              "from",
                              "ifNull",
                              "rules",
                              "collation",
                              "apply",
                              "join",
                              "uuid",
                              "number",
                              "of",
                              "namespace",
                              "expr",
                              "sql",
                              "lookup",
                              "plugin"),
                      When.there("collation")
                          .forbids(
                              Place.KEY,
                              "a column that is made of others can't have collation beside it.",
                              "apply",
                              "join",
                              "uuid",
                              "number",
                              "expr",
                              "sql",
                              "lookup",
                              "plugin"),
                      When.there("uuid")
                          .forbids(
                              Place.MAP,
                              "uuid names its columns, so `%s` can't stand beside it.",
                              "from",
                              "join",
                              "number",
                              "expr",
                              "sql",
                              "lookup",
                              "plugin"),
                      When.there("number")
                          .forbids(
                              Place.MAP,
                              "number names its columns, so `%s` can't stand beside it.",
                              "from",
                              "join",
                              "namespace",
                              "expr",
                              "sql",
                              "lookup",
                              "plugin"),
                      When.there("expr")
                          .forbids(
                              Place.MAP,
                              "expr names its columns, so `%s` can't stand beside it.",
                              "from",
                              "join",
                              "sql",
                              "lookup",
                              "plugin"),
                      When.there("sql")
                          .forbids(
                              Place.MAP,
                              "sql is what the value comes from, so `%s` can't stand beside it.",
                              "from",
                              "join",
                              "lookup",
                              "plugin"),
                      When.there("lookup")
                          .forbids(
                              Place.MAP,
                              "lookup is what the value comes from, so `%s` can't stand beside it.",
                              "from",
                              "join",
                              "plugin"),
                      When.there("plugin")
                          .forbids(
                              Place.MAP,
                              "plugin is what makes the value, so `%s` can't stand beside it.",
                              "join"),
                      When.there("with")
                          .needs(
                              Place.MAP,
                              "with is what is said to a plug-in, and there is none.",
                              When.there("plugin")),
                      When.there("of")
                          .needs(
                              Place.MAP,
                              "of belongs to uuid or number, and there is none.",
                              UUID,
                              When.there("number")),
                      When.there("namespace")
                          .needs(Place.MAP, "namespace belongs to uuid, and there is none.", UUID),
                      When.list("from")
                          .needs(
                              Place.KEY,
                              "several columns make one by `join`: the text that stands between"
                                  + " them.",
                              When.there("join"),
                              When.there("plugin")),
                      When.there("join")
                          .needs(
                              Place.KEY,
                              "join needs a list of columns: `from: [first, second]`.",
                              When.list("from")))));

  private ColumnShape() {}
}
