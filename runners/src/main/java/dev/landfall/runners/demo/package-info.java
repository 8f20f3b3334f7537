/** The demo: embedded servers, a shop to move, a run killed and resumed. */
@NullMarked
package dev.landfall.runners.demo;

import org.jspecify.annotations.NullMarked;
