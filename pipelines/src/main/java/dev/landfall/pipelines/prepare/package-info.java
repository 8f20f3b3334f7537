/** What a spec means for two databases, found out before anything is touched; definitions. */
@NullMarked
package dev.landfall.pipelines.prepare;

import org.jspecify.annotations.NullMarked;
