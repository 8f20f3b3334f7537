@NullMarked
package dev.landfall.pipelines.selftest;

import org.jspecify.annotations.NullMarked;
