package dev.landfall.pipelines.spec;

/**
 * What stands somewhere in a URL.
 *
 * @param text what it means
 * @param written whether any of it is written out, and not from a variable
 * @param source how it is written
 */
record UrlPart(String text, boolean written, String source) {}
