@NullMarked
package dev.landfall.validation.difference;

import org.jspecify.annotations.NullMarked;
