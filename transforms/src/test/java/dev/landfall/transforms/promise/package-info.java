@NullMarked
package dev.landfall.transforms.promise;

import org.jspecify.annotations.NullMarked;
