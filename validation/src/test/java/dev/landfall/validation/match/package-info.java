@NullMarked
package dev.landfall.validation.match;

import org.jspecify.annotations.NullMarked;
