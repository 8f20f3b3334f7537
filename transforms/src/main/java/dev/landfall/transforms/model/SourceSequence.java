package dev.landfall.transforms.model;

import java.io.Serializable;

/**
 * A sequence of MariaDB ("SEQUENCE Overview").
 *
 * @param next the first value that nobody got, but for those that the server keeps in its cache
 * @param minimum its least value
 * @param maximum its greatest value
 * @param increment the step, negative for a falling one; 0 follows the server's settings
 * @param cache how many values are taken at once
 * @param cycles whether it begins again at its end
 */
public record SourceSequence(
    long next, long minimum, long maximum, long increment, long cache, boolean cycles)
    implements Serializable {}
