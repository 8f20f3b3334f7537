@NullMarked
package dev.landfall.runners.demo;

import org.jspecify.annotations.NullMarked;
