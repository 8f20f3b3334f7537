@NullMarked
package dev.landfall.runners.notify;

import org.jspecify.annotations.NullMarked;
