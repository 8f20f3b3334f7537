package dev.landfall.transforms.compute;

import dev.landfall.plugin.ColumnPlugin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The plug-ins that a process has: those beside Landfall's own classes, which came with a job, and
 * those of further jars.
 */
public final class Plugins {
  /** What a jar says of itself that it has plug-ins. */
  public static final String SERVICE = "META-INF/services/" + ColumnPlugin.class.getName();

  private static final Map<List<String>, Plugins> KNOWN = new ConcurrentHashMap<>();
  private static final int MOST_BROKEN = 20;
  private static final Pattern NEWER = Pattern.compile("^(\\S+) .*class file version (\\d+)\\.");
  private static final int FIRST_CLASS_VERSION = 44;
  private static final int DIGITS = 16;

  private final List<Known> known = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  /** A plug-in that is there. */
  public static final class Known {
    private final ServiceLoader.Provider<ColumnPlugin> provider;
    private final String name;
    private final String stated;
    private @Nullable String version;

    private Known(ServiceLoader.Provider<ColumnPlugin> provider) {
      this.provider = provider;
      ColumnPlugin plugin = provider.get();
      this.name = Objects.requireNonNullElse(plugin.name(), "");
      this.stated = Objects.requireNonNullElse(plugin.version(), "");
      if (name.isBlank()) {
        throw new IllegalStateException("it has no name");
      }
    }

    /** As the spec writes it. */
    public String name() {
      return name;
    }

    /** The class, and where it comes from. */
    public String place() {
      Optional<File> file = file();
      return provider.type().getName() + file.map(f -> " in " + f.getName()).orElse("");
    }

    /** What it states, or the beginning of a checksum. */
    public synchronized String version() {
      String found = version;
      if (found == null) {
        found = stated.isBlank() ? checksum() : stated;
        version = found;
      }
      return found;
    }

    /**
     * One of its own.
     *
     * @throws RuntimeException when it does not take these arguments
     */
    public ColumnPlugin make(Map<String, String> with) {
      ColumnPlugin plugin = provider.get();
      plugin.prepare(with);
      return plugin;
    }

    private Optional<File> file() {
      CodeSource source = provider.type().getProtectionDomain().getCodeSource();
      try {
        return source == null || source.getLocation() == null
            ? Optional.empty()
            : Optional.of(new File(source.getLocation().toURI()));
      } catch (URISyntaxException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private String checksum() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Optional<File> jar = file().filter(File::isFile);
        if (jar.isPresent()) {
          digestJar(jar.get(), digest);
        } else {
          digestClass(provider.type(), digest);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  private Plugins(List<String> jars) {
    ClassLoader own = Plugins.class.getClassLoader();
    URL[] there =
        jars.stream().map(File::new).filter(File::isFile).map(Plugins::url).toArray(URL[]::new);
    // Never closed: its classes are in use for as long as this one is.
    ClassLoader loader = there.length == 0 ? own : new URLClassLoader(there, own);
    Iterator<ServiceLoader.Provider<ColumnPlugin>> providers =
        ServiceLoader.load(ColumnPlugin.class, loader).stream().iterator();
    boolean more = true;
    while (more && broken.size() < MOST_BROKEN) {
      String type = "";
      try {
        more = providers.hasNext();
        if (more) {
          ServiceLoader.Provider<ColumnPlugin> provider = providers.next();
          type = provider.type().getName();
          known.add(new Known(provider));
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        broken.add(why(type, e));
      }
    }
  }

  /**
   * Those of this process.
   *
   * @param jars further ones; those that are not on this machine are passed over
   */
  public static Plugins of(List<String> jars) {
    return KNOWN.computeIfAbsent(List.copyOf(jars), Plugins::new);
  }

  /** Those of a name: one, unless there is none, or different ones have the same. */
  public List<Known> called(String name) {
    return known.stream().filter(plugin -> plugin.name().equals(name)).toList();
  }

  /** The names of all that can be used. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    known.forEach(plugin -> names.add(plugin.name()));
    return names;
  }

  /** Of each that can't be used a sentence that says why, without a full stop. */
  public List<String> broken() {
    return List.copyOf(broken);
  }

  /** In a few words, and on one line: the class of an exception where it has no message. */
  public static String words(Throwable thrown) {
    String message = Objects.requireNonNullElse(thrown.getMessage(), "").strip();
    String line = message.lines().findFirst().orElse("");
    String type = thrown.getClass().getSimpleName();
    return line.isEmpty() || thrown instanceof Error
        ? type + (line.isEmpty() ? "" : ": " + line)
        : line;
  }

  private static String why(String type, Throwable thrown) {
    if (thrown instanceof UnsupportedClassVersionError newer) {
      Matcher words = NEWER.matcher(String.valueOf(newer.getMessage()));
      if (words.find()) {
        return words.group(1).replace('/', '.')
            + " is compiled for Java "
            + (Integer.parseInt(words.group(2)) - FIRST_CLASS_VERSION)
            + ", and this is Java "
            + Runtime.version().feature();
      }
    }
    Throwable cause = thrown.getCause();
    if (thrown instanceof ServiceConfigurationError) {
      return type.isEmpty() || cause == null
          ? words(thrown).replaceFirst("^[^:]*: [^:]*: ", "")
          : type + " can't be made: " + words(cause);
    }
    return (type.isEmpty() ? "one" : type) + " can't be used: " + words(thrown);
  }

  private static URL url(File jar) {
    try {
      return jar.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Everything but what differs each time that the jar is made. */
  private static void digestJar(File jar, MessageDigest digest) throws IOException {
    try (ZipFile zip = new ZipFile(jar)) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .filter(entry -> !entry.getName().equals("META-INF/MANIFEST.MF"))
              .filter(entry -> !entry.getName().startsWith("META-INF/maven/"))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        digest.update(
            (entry.getName() + "\0" + entry.getSize() + "\0").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = zip.getInputStream(entry)) {
          digest.update(in.readAllBytes());
        }
      }
    }
  }

  private static void digestClass(Class<?> type, MessageDigest digest) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(file)) {
      if (in != null) {
        digest.update(in.readAllBytes());
      }
    }
  }
}
