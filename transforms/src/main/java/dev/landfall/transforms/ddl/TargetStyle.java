package dev.landfall.transforms.ddl;

/**
 * What definitions depend on besides the mapping.
 *
 * @param names how names of the source are carried over
 * @param icu whether the target can have collations for which different texts are equal
 */
public record TargetStyle(NameStyle names, boolean icu) {
  /** Names as they are, for a server as it usually is. */
  public static final TargetStyle DEFAULT = new TargetStyle(NameStyle.KEEP, true);
}
