/** What those who drive a migration ask of it, and get. */
@NullMarked
package dev.landfall.pipelines.api;

import org.jspecify.annotations.NullMarked;
