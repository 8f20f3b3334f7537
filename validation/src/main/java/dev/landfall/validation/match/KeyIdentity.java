package dev.landfall.validation.match;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.landfall.transforms.canonical.Canonical;
import dev.landfall.transforms.ledger.JsonKeys;
import dev.landfall.transforms.model.ColumnMapping;
import dev.landfall.transforms.model.TargetTable;
import dev.landfall.transforms.value.ValueBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells keys of one target table apart by their canonical forms, so that a key is the same
 * whichever side its text came from. Not thread-safe.
 */
public final class KeyIdentity {
  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private static final int NULL = -1;

  private final List<String> names = new ArrayList<>();
  private final List<Canonical> forms = new ArrayList<>();
  private final ValueBuffer values = new ValueBuffer();

  /** Identities of that table's keys; of whole rows where it has no key. */
  public KeyIdentity(TargetTable table) {
    for (ColumnMapping column : table.columns()) {
      if (table.key().isEmpty() || table.key().contains(column.name())) {
        names.add(column.name());
        forms.add(Canonical.of(column.type()));
      }
    }
  }

  /**
   * Sixteen bytes, the same for texts of the same key and for no others. A key by other columns
   * than the table's, as that of a row that was rejected may be, goes by its texts.
   */
  public byte[] of(Map<String, @Nullable String> key) {
    values.truncate(0);
    if (!key.keySet().containsAll(names)) {
      byte[] text = JsonKeys.json(key).getBytes(StandardCharsets.UTF_8);
      values.put(text, 0, text.length);
      return hash();
    }
    for (int i = 0; i < forms.size(); i++) {
      String value = key.get(names.get(i));
      if (value == null) {
        values.putIntLe(NULL);
      } else {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        forms.get(i).append(text, 0, text.length, values);
      }
    }
    return hash();
  }

  private byte[] hash() {
    HashValue128 hash = HASHER.hashBytesTo128Bits(values.array(), 0, values.length());
    return ByteBuffer.allocate(Long.BYTES * 2)
        .putLong(hash.getMostSignificantBits())
        .putLong(hash.getLeastSignificantBits())
        .array();
  }
}
