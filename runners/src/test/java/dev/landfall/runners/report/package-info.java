@NullMarked
package dev.landfall.runners.report;

import org.jspecify.annotations.NullMarked;
