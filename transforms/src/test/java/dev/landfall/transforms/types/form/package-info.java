@NullMarked
package dev.landfall.transforms.types.form;

import org.jspecify.annotations.NullMarked;
