package example;

import dev.landfall.plugin.ColumnPlugin;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Makes an IBAN (ISO 13616) of the bank's code and the number of an account. */
public final class Iban implements ColumnPlugin {
  private static final BigInteger MODULUS = BigInteger.valueOf(97);

  /** How many digits bank code and account number have. */
  private static final Map<String, int[]> LENGTHS =
      Map.of("AT", new int[] {5, 11}, "DE", new int[] {8, 10});

  private String country = "";
  private int[] lengths = {};

  @Override
  public String name() {
    return "iban";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void prepare(Map<String, String> with) {
    country = with.getOrDefault("country", "");
    lengths = LENGTHS.get(country);
    if (lengths == null || with.size() > 1) {
      throw new IllegalArgumentException("it needs {country: DE} or {country: AT}");
    }
  }

  @Override
  public String value(List<String> inputs) {
    String bank = inputs.get(0);
    String account = inputs.get(1);
    if (bank == null || account == null) {
      return null;
    }
    String number = digits(bank, lengths[0]) + digits(account, lengths[1]);
    StringBuilder check = new StringBuilder(number);
    for (char letter : country.toCharArray()) {
      check.append(letter - 'A' + 10);
    }
    int rest = new BigInteger(check + "00").mod(MODULUS).intValue();
    return country + "%02d".formatted(98 - rest) + number;
  }

  private static String digits(String text, int length) {
    if (!text.matches("[0-9]{1," + length + "}")) {
      throw new IllegalArgumentException("\"" + text + "\" is no number of " + length + " digits");
    }
    return "0".repeat(length - text.length()) + text;
  }
}
