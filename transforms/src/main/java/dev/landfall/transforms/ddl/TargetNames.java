package dev.landfall.transforms.ddl;

import dev.landfall.transforms.model.TableName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names for what the target needs names for. In PostgreSQL tables, indexes and sequences of a
 * schema share one name space, and constraints of a table another; a name has at most 63 bytes. The
 * same input gives the same names again, so an interrupted step finds what it made.
 */
public final class TargetNames {
  /** NAMEDATALEN - 1 (PostgreSQL manual 4.1.1): a longer name is cut without a word. */
  public static final int MAX_BYTES = 63;

  private static final int HASH_BYTES = 4;

  private final NameStyle style;
  private final Map<String, Set<String>> relations = new HashMap<>();
  private final Map<TableName, Set<String>> constraints = new HashMap<>();

  TargetNames() {
    this(NameStyle.KEEP);
  }

  TargetNames(NameStyle style) {
    this.style = style;
  }

  /** Takes a name that the mapping itself gives to a relation. */
  void take(TableName relation) {
    relations.computeIfAbsent(relation.schema(), s -> new HashSet<>()).add(relation.table());
  }

  /** A name for an index, or for a constraint that is one: {@code table_index}. */
  String index(TableName table, String index) {
    String prefix = table.table() + "_";
    String folded = style.fold(index);
    return relation(table, folded.startsWith(prefix) ? folded : prefix + folded);
  }

  /** A name like that for what is beside an index: {@code table_index_suffix}. */
  String beside(TableName table, String index, String suffix) {
    return relation(table, index + "_" + suffix);
  }

  /**
   * A name for the sequence of an identity column, empty where the one that PostgreSQL chooses will
   * do: {@code table_column_seq}, if that is short enough and free.
   */
  Optional<String> sequence(TableName table, String column) {
    String usual = table.table() + "_" + column + "_seq";
    String name = relation(table, usual);
    return name.equals(usual) ? Optional.empty() : Optional.of(name);
  }

  private String relation(TableName table, String wanted) {
    String name = shorten(wanted);
    Set<String> taken = relations.computeIfAbsent(table.schema(), s -> new HashSet<>());
    Set<String> own = constraints.computeIfAbsent(table, t -> new HashSet<>());
    for (int i = 1; taken.contains(name) || own.contains(name); i++) {
      name = hashed(wanted, table + "." + wanted + "." + i);
    }
    taken.add(name);
    own.add(name);
    return name;
  }

  /** A name for a constraint that is no index. */
  String constraint(TableName table, String constraint) {
    String wanted = style.fold(constraint);
    String name = shorten(wanted);
    Set<String> own = constraints.computeIfAbsent(table, t -> new HashSet<>());
    for (int i = 1; own.contains(name); i++) {
      name = hashed(wanted, wanted + "." + i);
    }
    own.add(name);
    return name;
  }

  /**
   * The name itself when PostgreSQL can take it, else its beginning and a hash of all of it, 63
   * bytes at most, cut between characters.
   */
  public static String shorten(String name) {
    return fits(name) ? name : hashed(name, name);
  }

  /** Its beginning and a hash of an identity. */
  static String hashed(String name, String identity) {
    int room = MAX_BYTES - 1 - 2 * HASH_BYTES;
    int end = name.length();
    while (length(name.substring(0, end)) > room) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + "_" + hash(identity);
  }

  /** Whether PostgreSQL takes a name whole. */
  public static boolean fits(String name) {
    return length(name) <= MAX_BYTES;
  }

  private static int length(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
