@NullMarked
package dev.landfall.validation.report;

import org.jspecify.annotations.NullMarked;
