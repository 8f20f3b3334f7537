@NullMarked
package dev.landfall.embedded;

import org.jspecify.annotations.NullMarked;
