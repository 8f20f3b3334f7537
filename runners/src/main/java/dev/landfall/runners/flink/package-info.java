/**
 * Pipelines on Flink: submitting, following and cancelling jobs. Only what this package is asked
 * for loads Flink's classes, which the cluster has and the product's jar has not.
 */
@NullMarked
package dev.landfall.runners.flink;

import org.jspecify.annotations.NullMarked;
