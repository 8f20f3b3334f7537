package dev.landfall.pipelines.api;

/**
 * A job of a cluster.
 *
 * @param cluster the cluster's address as the run knows it
 * @param id the job's id there
 * @param name what it is called there
 */
public record ClusterJob(String cluster, String id, String name) {}
