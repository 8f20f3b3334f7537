/** What a verification found. */
@NullMarked
package dev.landfall.validation.report;

import org.jspecify.annotations.NullMarked;
