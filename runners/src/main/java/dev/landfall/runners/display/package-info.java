/** What a person or a program is shown, all of it made from snapshots and reports. */
@NullMarked
package dev.landfall.runners.display;

import org.jspecify.annotations.NullMarked;
