package dev.landfall.runners;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Command lines and specs that people get wrong, each with a password somewhere in it. */
final class WrongInputs {
  /** No word of Landfall's has two of these behind each other. */
  private static final String LETTERS = "QXZJKqxzjk";

  private static final String SIGNS = "?#&%/@:;,='\"{}[]$\\|<>+!*~^ ";

  private static final List<String> OPTIONS =
      List.of(
          "--source",
          "--target",
          "--config",
          "-c",
          "--runner",
          "--flink-master",
          "--parallelism",
          "--log",
          "--level",
          "--seed",
          "--looks",
          "--look-pause",
          "--slice",
          "--schedule",
          "--keep",
          "--webhook",
          "--alarm",
          "--table",
          "--max-differences",
          "--pause",
          "--output",
          "-o",
          "-n",
          "--max-values",
          "--max-rows-per-second",
          "--max-connections",
          "--self-test",
          "--sql",
          "--apply",
          "--json",
          "--restart",
          "--detach",
          "--verbose",
          "--time-zone");

  private static final List<String> COMMANDS =
      List.of(
          "migrate",
          "backfill",
          "verify",
          "repair",
          "status",
          "rejects",
          "history",
          "report",
          "cancel",
          "schema",
          "help",
          "version",
          "demo");

  private final Random random;
  private final Path file;

  /**
   * One of them.
   *
   * @param arguments what is typed
   * @param secret what nobody may see of it
   * @param spec what is in the spec's file, if that is named
   */
  record Input(List<String> arguments, String secret, String spec) {}

  /**
   * Inputs by chance.
   *
   * @param file what they call their spec
   */
  WrongInputs(long seed, Path file) {
    this.random = new Random(seed);
    this.file = file;
  }

  Input next() {
    String secret = secret();
    List<String> line = new ArrayList<>();
    line.add(chance(0.05) ? typo(one(COMMANDS)) : one(COMMANDS));
    String spec = spec(secret);
    if (chance(0.3)) {
      line.addAll(List.of("-c", file.toString()));
    } else {
      give(line, "--source", url(one(List.of("mysql", "mariadb", "jdbc:mysql")), secret));
      give(line, "--target", url(one(List.of("postgresql", "postgres", "mysql")), secret));
    }
    for (int mistakes = random.nextInt(3); mistakes > 0; mistakes--) {
      spoil(line, secret);
    }
    if (line.get(0).equals("demo")) {
      // It would begin; with this it is always wrong.
      line.add(1, "--source=" + url("mysql", secret));
    }
    return new Input(line, secret, spec);
  }

  /** Every command with a URL behind each option, and with one that belongs to none. */
  List<Input> everywhere() {
    List<Input> inputs = new ArrayList<>();
    for (String command : COMMANDS) {
      List<String> sides =
          command.equals("help")
              ? List.of()
              : List.of("--source=mysql://h/d", "--target=postgresql://h/d");
      for (int i = -1; i < OPTIONS.size(); i++) {
        String secret = LETTERS.substring(i & 1);
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(sides);
        if (i >= 0) {
          line.add(OPTIONS.get(i));
        }
        line.add("mysql://usr:" + secret + "@h/d");
        inputs.add(new Input(line, secret, ""));
      }
    }
    return inputs;
  }

  /** Every piece of a secret that says something of it. */
  static Stream<String> pieces(String secret) {
    return Stream.iterate(0, i -> i + 4 <= secret.length(), i -> i + 1)
        .map(i -> secret.substring(i, i + 4))
        .filter(piece -> piece.chars().filter(c -> LETTERS.indexOf(c) >= 0).count() >= 3);
  }

  private String secret() {
    StringBuilder secret = new StringBuilder();
    for (int length = 6 + random.nextInt(14); length > 0; length--) {
      secret.append(chance(0.2) ? sign(SIGNS) : sign(LETTERS));
    }
    return secret.toString();
  }

  private String url(String scheme, String secret) {
    String written = chance(0.2) ? secret.replace("@", "%40").replace("/", "%2F") : secret;
    return switch (random.nextInt(12)) {
      case 0 -> scheme + "://h/d?user=usr&password=" + written;
      case 1 -> scheme + "://h/d?password=" + written + "&ssIMode=x";
      case 2 -> scheme + "://h:3306/d?user=usr&pasword=" + written + "&fooBar=1";
      // With an @ it would be a whole URL, and what stands behind it the host.
      case 3 -> scheme + "://usr:" + written.replace("@", "!");
      case 4 -> scheme + "://usr@corp:" + written + "@h/d";
      case 5 -> scheme + "://usr:" + written + "@h";
      case 6 -> scheme + ":/usr:" + written + "@h/d";
      case 7 -> "usr:" + written + "@h/d";
      case 8 -> scheme + "://usr:" + written + "@h:99999/d?sslMode=" + written;
      default -> scheme + "://usr:" + written + "@h/d";
    };
  }

  private void give(List<String> line, String option, String value) {
    String name = chance(0.1) ? typo(option) : option;
    if (chance(0.4)) {
      line.add(name + "=" + value);
    } else if (chance(0.1) && value.contains(" ")) {
      line.add(name);
      line.addAll(List.of(value.split(" ", -1)));
    } else {
      line.add(name);
      line.add(value);
    }
  }

  private void spoil(List<String> line, String secret) {
    int at = 1 + random.nextInt(line.size() - 1);
    switch (random.nextInt(9)) {
      // Behind an option it would be that one's value: nobody takes a password for a level.
      case 0 -> line.add(at, line.get(at - 1).startsWith("-") ? "--verbose" : secret);
      case 1 -> line.add(at, "--" + secret);
      case 2 -> line.add(at, "--password=" + secret);
      case 3 -> line.add(at, "-p" + secret);
      case 4 -> line.addAll(at, List.of(one(OPTIONS), url("mysql", secret)));
      case 5 -> line.add(at, typo(one(OPTIONS)) + "=" + url("mysql", secret));
      case 6 ->
          line.addAll(List.of("--", "--soruce=" + url("mysql", secret), url("mysql", secret)));
      case 7 -> line.add(at, one(OPTIONS));
      default -> line.remove(Math.max(1, at - 1));
    }
  }

  private String spec(String secret) {
    String text =
        one(
            List.of(
                "name: n\nsource: SOURCE\ntarget: TARGET\n",
                "source: {url: SOURCE, user: usr, password: SECRET}\ntarget: TARGET\n",
                "source:\n  url: SOURCE\n  user: usr\n  pasword: SECRET\ntarget: \"TARGET\"\n",
                "source:\n  url: mysql://h/d\n password: SECRET\ntarget: 'TARGET'\n",
                "source: 'SOURCE\ntarget: TARGET\n",
                "source: [SOURCE]\ntarget: {TARGET}\n",
                "SOURCE: TARGET\nsource: TARGET\ntarget: SOURCE\n",
                "source: mysql://h/d\ntarget: postgresql://h/d\nload: {rejects: SOURCE}\n",
                "source: mysql://h/d\ntarget:\n  url: postgresql://h/d\n  names: SOURCE\n",
                "source:\n  url: mysql://h/d\n  password: \"SECRET\"\n  user: SECRET: x\n"));
    return text.replace("SOURCE", url("mysql", secret))
        .replace("TARGET", url("postgresql", secret))
        .replace("SECRET", secret);
  }

  private String typo(String word) {
    int at = word.length() > 3 ? 2 + random.nextInt(word.length() - 2) : 1;
    return switch (random.nextInt(3)) {
      case 0 -> word.substring(0, at) + word.substring(Math.min(word.length(), at + 1));
      case 1 -> word.substring(0, at) + "x" + word.substring(at);
      default -> word.toUpperCase(Locale.ROOT);
    };
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private char sign(String all) {
    return all.charAt(random.nextInt(all.length()));
  }
}
