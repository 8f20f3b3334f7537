package dev.landfall.transforms.model;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a collation of MySQL or MariaDB calls equal, read from its name (MySQL manual 10.3.1,
 * MariaDB "Supported Character Sets and Collations").
 *
 * @param name the collation
 * @param distinctions what it tells apart
 * @param language the ICU locale whose letters are nearest to the collation's, {@code und} for no
 *     language
 * @param padded whether blanks at the end do not count (PAD SPACE)
 */
public record SourceCollation(
    String name, Distinctions distinctions, String language, boolean padded) {
  /** What two texts differ by that are not equal. */
  public enum Distinctions {
    /** Letters only: {@code _ai_ci}, and most of what is called {@code _ci} alone. */
    LETTERS("ai_ci", "ks-level1"),
    /** Letters and accents: {@code _as_ci}. */
    ACCENTS("as_ci", "ks-level2"),
    /** Letters and their case: MariaDB's {@code _ai_cs}. */
    CASE("ai_cs", "kc-ks-level1"),
    /** Everything, or nearly so: {@code _bin}, {@code _as_cs}. */
    ALL("", "");

    final String suffix;

    /** Keywords of a BCP 47 locale (Unicode Technical Standard 35, part 5, 3.3). */
    final String keywords;

    Distinctions(String suffix, String keywords) {
      this.suffix = suffix;
      this.keywords = keywords;
    }
  }

  private static final String NO_LANGUAGE = "und";

  private static final Pattern UCA_9 =
      Pattern.compile("(?:(.+)_)?0900_(?:bin|(ai|as)_(ci|cs)(?:_ks)?)");

  private static final Pattern UCA_14 =
      Pattern.compile("uca1400(?:_([a-z0-9]+?))??(_nopad)?_(ai|as)_(ci|cs)");

  /** Locales by the words of older collations, as far as they are no plain letters. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("croatian", "hr"),
          Map.entry("czech", "cs"),
          Map.entry("danish", "da"),
          Map.entry("esperanto", "eo"),
          Map.entry("estonian", "et"),
          Map.entry("german2", "de-u-co-phonebk"),
          Map.entry("hungarian", "hu"),
          Map.entry("icelandic", "is"),
          Map.entry("latvian", "lv"),
          Map.entry("lithuanian", "lt"),
          Map.entry("polish", "pl"),
          Map.entry("romanian", "ro"),
          Map.entry("sinhala", "si"),
          Map.entry("slovak", "sk"),
          Map.entry("slovenian", "sl"),
          Map.entry("spanish", "es"),
          Map.entry("spanish2", "es-u-co-trad"),
          // ICU's Swedish calls ô and ö equal, which MySQL's does not; its Finnish has the letters.
          Map.entry("swedish", "fi"),
          Map.entry("turkish", "tr"),
          Map.entry("vietnamese", "vi"));

  /** Locales by MySQL's codes, where the code is no locale that ICU has rules for. */
  private static final Map<String, String> CODES =
      Map.of(
          "de_pb", "de-u-co-phonebk",
          "es_trad", "es-u-co-trad",
          "la", NO_LANGUAGE,
          "nb", "no",
          "sr_latn", "sr-Latn");

  /**
   * The older collations without a language that do not mind accents; most others of national
   * character sets do, as comparing all characters of each set shows.
   */
  private static final Set<String> PLAIN =
      Set.of("unicode", "unicode_520", "roman", "persian", "german1", "myanmar", "thai_520_w2");

  /** Character sets whose {@code general_ci} does not mind accents. */
  private static final Set<String> GENERAL =
      Set.of(
          "utf8",
          "utf8mb3",
          "utf8mb4",
          "ucs2",
          "utf16",
          "utf16le",
          "utf32",
          "latin2",
          "cp1250",
          "cp852",
          "cp1257",
          "macroman",
          "macce",
          "keybcs2",
          "greek");

  static SourceCollation of(String collation) {
    String lower = collation.toLowerCase(Locale.ROOT);
    int end = lower.indexOf('_');
    String set = end < 0 ? lower : lower.substring(0, end);
    String rest = end < 0 ? "" : lower.substring(end + 1);
    Matcher uca9 = UCA_9.matcher(rest);
    if (uca9.matches()) {
      String code = uca9.group(1);
      String language = code == null ? NO_LANGUAGE : CODES.getOrDefault(code, code);
      return new SourceCollation(
          collation, distinctions(uca9.group(2), uca9.group(3)), language, /* padded= */ false);
    }
    Matcher uca14 = UCA_14.matcher(rest);
    if (uca14.matches()) {
      String word = uca14.group(1) == null ? "" : uca14.group(1);
      return new SourceCollation(
          collation,
          distinctions(uca14.group(3), uca14.group(4)),
          WORDS.getOrDefault(word, NO_LANGUAGE),
          uca14.group(2) == null);
    }
    boolean padded = !rest.contains("nopad") && !set.equals("binary");
    if (!rest.endsWith("_ci")) {
      return new SourceCollation(collation, Distinctions.ALL, NO_LANGUAGE, padded);
    }
    String word =
        rest.substring(0, rest.length() - "_ci".length())
            .replace("_nopad", "")
            .replaceAll("_mysql\\d+", "");
    String language = WORDS.getOrDefault(word, NO_LANGUAGE);
    boolean letters =
        !language.equals(NO_LANGUAGE)
            || PLAIN.contains(word)
            || ((word.equals("general") || word.equals("tolower")) && GENERAL.contains(set));
    return new SourceCollation(
        collation, letters ? Distinctions.LETTERS : Distinctions.ACCENTS, language, padded);
  }

  private static Distinctions distinctions(@Nullable String accents, @Nullable String letterCase) {
    if (accents == null || letterCase == null) {
      return Distinctions.ALL;
    }
    if (accents.equals("ai")) {
      return letterCase.equals("ci") ? Distinctions.LETTERS : Distinctions.CASE;
    }
    return letterCase.equals("ci") ? Distinctions.ACCENTS : Distinctions.ALL;
  }

  /** Whether it calls only those texts equal that have the same characters. */
  public boolean exact() {
    return distinctions == Distinctions.ALL && !padded;
  }

  /** Whether texts that differ in more than blanks at their end may be equal. */
  public boolean folds() {
    return distinctions != Distinctions.ALL;
  }

  /** The BCP 47 name of the ICU collation that comes nearest. */
  public String locale() {
    return language + (language.contains("-u-") ? "-" : "-u-") + distinctions.keywords;
  }

  /** A name for that collation in the target: {@code mysql_ai_ci}, {@code mysql_fi_ai_ci}. */
  public String targetName() {
    String word = language.replace("-u-co-", "_").replace('-', '_').toLowerCase(Locale.ROOT);
    return "mysql_" + (language.equals(NO_LANGUAGE) ? "" : word + "_") + distinctions.suffix;
  }
}
