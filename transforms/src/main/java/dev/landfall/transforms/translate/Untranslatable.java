package dev.landfall.transforms.translate;

/** Ends a translation; the message is the reason, for a person. */
final class Untranslatable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Untranslatable(String reason) {
    super(reason, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
  }
}
