package dev.landfall.transforms.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the names of collations. */
class SourceCollationTest {
  @ParameterizedTest
  @CsvSource({
    "utf8mb4_0900_ai_ci, mysql_ai_ci, und-u-ks-level1, false",
    "utf8mb4_0900_as_ci, mysql_as_ci, und-u-ks-level2, false",
    "utf8mb4_0900_as_cs, exact, exact, false",
    "utf8mb4_0900_bin, exact, exact, false",
    "utf8mb4_ja_0900_as_cs_ks, exact, exact, false",
    "utf8mb4_de_pb_0900_ai_ci, mysql_de_phonebk_ai_ci, de-u-co-phonebk-ks-level1, false",
    "utf8mb4_es_trad_0900_ai_ci, mysql_es_trad_ai_ci, es-u-co-trad-ks-level1, false",
    "utf8mb4_sr_latn_0900_ai_ci, mysql_sr_latn_ai_ci, sr-Latn-u-ks-level1, false",
    "utf8mb4_tr_0900_ai_ci, mysql_tr_ai_ci, tr-u-ks-level1, false",
    "utf8mb4_la_0900_ai_ci, mysql_ai_ci, und-u-ks-level1, false",
    "utf8mb4_uca1400_ai_ci, mysql_ai_ci, und-u-ks-level1, true",
    "utf8mb4_uca1400_ai_cs, mysql_ai_cs, und-u-kc-ks-level1, true",
    "utf8mb4_uca1400_nopad_as_ci, mysql_as_ci, und-u-ks-level2, false",
    "utf8mb4_uca1400_nopad_as_cs, exact, exact, false",
    "utf8mb4_uca1400_as_cs, exact, exact, true",
    "utf8mb4_uca1400_swedish_ai_ci, mysql_fi_ai_ci, fi-u-ks-level1, true",
    "utf8mb4_uca1400_spanish2_nopad_as_ci, mysql_es_trad_as_ci, es-u-co-trad-ks-level2, false",
    "utf8mb4_general_ci, mysql_ai_ci, und-u-ks-level1, true",
    "utf8mb3_general_nopad_ci, mysql_ai_ci, und-u-ks-level1, false",
    "utf8_general_mysql500_ci, mysql_ai_ci, und-u-ks-level1, true",
    "utf8_tolower_ci, mysql_ai_ci, und-u-ks-level1, true",
    "utf8mb4_unicode_520_nopad_ci, mysql_ai_ci, und-u-ks-level1, false",
    "utf8mb4_croatian_mysql561_ci, mysql_hr_ai_ci, hr-u-ks-level1, true",
    "latin1_swedish_ci, mysql_fi_ai_ci, fi-u-ks-level1, true",
    "latin1_general_ci, mysql_as_ci, und-u-ks-level2, true",
    "latin1_general_cs, exact, exact, true",
    "latin1_german2_ci, mysql_de_phonebk_ai_ci, de-u-co-phonebk-ks-level1, true",
    "latin2_czech_cs, exact, exact, true",
    "latin2_general_ci, mysql_ai_ci, und-u-ks-level1, true",
    "cp1251_ukrainian_ci, mysql_as_ci, und-u-ks-level2, true",
    "gbk_chinese_nopad_ci, mysql_as_ci, und-u-ks-level2, false",
    "utf8mb4_bin, exact, exact, true",
    "latin1_nopad_bin, exact, exact, false",
    "binary, exact, exact, false"
  })
  void namesSayWhatIsEqual(String name, String target, String locale, boolean padded) {
    SourceCollation collation = SourceCollation.of(name);

    assertThat(collation.folds() ? collation.targetName() : "exact").isEqualTo(target);
    assertThat(collation.folds() ? collation.locale() : "exact").isEqualTo(locale);
    assertThat(collation.padded()).isEqualTo(padded);
  }
}
