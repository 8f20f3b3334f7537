@NullMarked
package dev.landfall.validation.canonical;

import org.jspecify.annotations.NullMarked;
