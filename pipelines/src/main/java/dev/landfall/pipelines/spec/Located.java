package dev.landfall.pipelines.spec;

import org.jspecify.annotations.Nullable;

/**
 * A value together with where it was said.
 *
 * @param value the value
 * @param at where
 */
public record Located<T extends @Nullable Object>(T value, Location at) {}
