@NullMarked
package dev.landfall.validation;

import org.jspecify.annotations.NullMarked;
