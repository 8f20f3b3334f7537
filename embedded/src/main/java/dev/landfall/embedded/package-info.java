/** Real MySQL, MariaDB and PostgreSQL servers started from Maven artifacts. */
@NullMarked
package dev.landfall.embedded;

import org.jspecify.annotations.NullMarked;
