package dev.landfall.transforms.expr;

import dev.landfall.transforms.types.PgType;
import java.io.Serializable;

/**
 * A column that an expression may read.
 *
 * @param name as the expression writes it
 * @param type what its values are: PostgreSQL's text form of this type comes in
 * @param nullable whether they may be NULL
 */
public record Variable(String name, PgType type, boolean nullable) implements Serializable {}
