@NullMarked
package dev.landfall.transforms.model;

import org.jspecify.annotations.NullMarked;
