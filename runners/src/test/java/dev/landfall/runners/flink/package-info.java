@NullMarked
package dev.landfall.runners.flink;

import org.jspecify.annotations.NullMarked;
