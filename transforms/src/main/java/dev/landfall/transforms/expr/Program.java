package dev.landfall.transforms.expr;

import java.util.List;

/**
 * A checked expression.
 *
 * @param used the columns that it reads, whose texts are its inputs in this order
 * @param loops how many are within each other at most
 */
record Program(Term made, List<Variable> used, int loops) {
  Program {
    used = List.copyOf(used);
  }
}
