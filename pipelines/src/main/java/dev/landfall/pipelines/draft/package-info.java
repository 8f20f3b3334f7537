/** Writing a spec for somebody to edit. */
@NullMarked
package dev.landfall.pipelines.draft;

import org.jspecify.annotations.NullMarked;
