/**
 * Documents for programs: of {@code --json}, of a report, of a webhook. A document is a record
 * whose components are its fields, in their order; what the ledger and the pipelines hand over is
 * written as it is, where {@link dev.landfall.runners.document.Forms} says under which names.
 */
@NullMarked
package dev.landfall.runners.document;

import org.jspecify.annotations.NullMarked;
