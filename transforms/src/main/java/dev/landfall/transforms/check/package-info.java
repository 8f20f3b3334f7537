/** What checks find: the one vocabulary of promises that are kept or broken. */
@NullMarked
package dev.landfall.transforms.check;

import org.jspecify.annotations.NullMarked;
