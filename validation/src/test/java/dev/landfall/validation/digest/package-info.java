@NullMarked
package dev.landfall.validation.digest;

import org.jspecify.annotations.NullMarked;
