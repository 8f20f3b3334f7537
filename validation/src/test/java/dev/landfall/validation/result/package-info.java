@NullMarked
package dev.landfall.validation.result;

import org.jspecify.annotations.NullMarked;
