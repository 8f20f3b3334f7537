/**
 * What everybody talks about: names, tables of both sides, mappings, rules, chunks. No SQL, no
 * Beam.
 */
@NullMarked
package dev.landfall.transforms.model;

import org.jspecify.annotations.NullMarked;
