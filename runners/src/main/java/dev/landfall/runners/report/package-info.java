/** A migration's report as a document for programs and as a page for people. */
@NullMarked
package dev.landfall.runners.report;

import org.jspecify.annotations.NullMarked;
