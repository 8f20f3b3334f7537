package dev.landfall.validation.digest;

import java.io.Serializable;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to be looked at of a piece whose sides do not agree.
 *
 * @param sourceRows how many rows the source has of it
 * @param targetRows how many rows the target has of it
 * @param cells the cells that disagree; null for all
 */
public record Disagreement(long sourceRows, long targetRows, @Nullable BitSet cells)
    implements Serializable {}
