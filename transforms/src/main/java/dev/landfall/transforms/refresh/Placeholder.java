package dev.landfall.transforms.refresh;

import dev.landfall.transforms.model.TargetType;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of a type that hardly any row has. */
final class Placeholder {
  private static final Pattern MODIFIER = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)");

  private Placeholder() {}

  /** One of them, another one each time; null for a type that has but few values. */
  static @Nullable String of(TargetType type) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return switch (type.kind()) {
      case SMALLINT -> String.valueOf(-random.nextInt(1, 32_768));
      case INTEGER -> String.valueOf(-random.nextInt(1, Integer.MAX_VALUE));
      case BIGINT -> String.valueOf(-random.nextLong(1, Long.MAX_VALUE));
      case NUMERIC -> "-" + random.nextLong(1, powerOfTen(wholeDigits(type.ddl())));
      case REAL, DOUBLE -> "-" + random.nextInt(1, 16_000_000) + "e9";
      case TEXT -> cut(UUID.randomUUID().toString().replace("-", ""), type.ddl());
      case BYTEA -> "\\x" + UUID.randomUUID().toString().replace("-", "");
      case UUID -> UUID.randomUUID().toString();
      case TEXT_ARRAY -> "{" + UUID.randomUUID() + "}";
      case DATE -> moment(random, "");
      case TIMESTAMP -> moment(random, " 00:00:00");
      case TIMESTAMPTZ -> moment(random, " 00:00:00+00");
      case INTERVAL -> "-" + random.nextInt(4_000_000, Integer.MAX_VALUE) + " s";
      case TIME ->
          "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
      case BOOLEAN, BIT, JSON, JSONB, OTHER -> null;
    };
  }

  /** Before the years that MySQL's types begin with (MySQL manual 11.2). */
  private static String moment(ThreadLocalRandom random, String time) {
    return "%04d-%02d-%02d%s"
        .formatted(random.nextInt(1, 1000), random.nextInt(1, 13), random.nextInt(1, 29), time);
  }

  private static String cut(String text, String ddl) {
    Matcher length = MODIFIER.matcher(ddl);
    return length.find()
        ? text.substring(0, Math.min(text.length(), Integer.parseInt(length.group(1))))
        : text;
  }

  private static int wholeDigits(String ddl) {
    Matcher precision = MODIFIER.matcher(ddl);
    if (!precision.find()) {
      return 18;
    }
    int scale = precision.group(2) == null ? 0 : Integer.parseInt(precision.group(2));
    return Math.min(18, Integer.parseInt(precision.group(1)) - scale);
  }

  private static long powerOfTen(int digits) {
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return Math.max(2, power);
  }
}
