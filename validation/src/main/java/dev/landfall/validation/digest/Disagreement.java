package dev.landfall.validation.digest;

import java.io.Serializable;

/** The digests of a piece whose sides do not agree. */
public record Disagreement(Digest source, Digest target) implements Serializable {}
