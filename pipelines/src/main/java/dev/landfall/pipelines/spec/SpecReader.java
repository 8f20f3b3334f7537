package dev.landfall.pipelines.spec;

import dev.landfall.transforms.MigrationException;
import dev.landfall.transforms.MigrationException.Kind;
import dev.landfall.transforms.ddl.NameStyle;
import dev.landfall.transforms.jdbc.ConnectionSettings;
import dev.landfall.transforms.model.TextEquality;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a spec from its file, from two URLs, or from both. All mistakes come at once, as one {@link
 * MigrationException} of kind USAGE with a line for each: {@code file:line:column path: what}. No
 * message holds a password. Nothing is connected to.
 */
public final class SpecReader {
  private final Mistakes mistakes = new Mistakes();
  private final SecretReader secrets;
  private final ConnectionReader connections;
  private final SpecStatementReader statements;
  private final PluginsReader plugins;
  private final @Nullable String sourceUrl;
  private final @Nullable String targetUrl;
  private String schema = TargetSpec.DEFAULT_SCHEMA;
  private NameStyle names = NameStyle.KEEP;
  private DatabaseList databases = DatabaseList.NONE;

  private SpecReader(
      Path directory,
      @Nullable String sourceUrl,
      @Nullable String targetUrl,
      Environment environment) {
    this.secrets = new SecretReader(directory, environment);
    this.connections = new ConnectionReader(secrets);
    this.statements = new SpecStatementReader(directory, environment);
    this.plugins = new PluginsReader(directory, environment, mistakes);
    this.sourceUrl = sourceUrl;
    this.targetUrl = targetUrl;
  }

  /**
   * The spec in a file.
   *
   * @throws MigrationException of kind USAGE with all mistakes
   */
  public static Spec read(Path file, Environment environment) {
    return read(file, null, null, environment);
  }

  /**
   * The spec in a file, with the databases of the command line in place of its own. A URL replaces
   * the file's url, user and password together, which then need not be there or be right; the
   * target's schema stays.
   *
   * @param sourceUrl null for the file's
   * @param targetUrl null for the file's
   * @throws MigrationException of kind USAGE with all mistakes
   */
  public static Spec read(
      Path file, @Nullable String sourceUrl, @Nullable String targetUrl, Environment environment) {
    return read(content(file), file, sourceUrl, targetUrl, environment);
  }

  /**
   * The same for a file whose content is at hand and which itself may be on another machine.
   *
   * @param file names it in messages; secret files are relative to its directory
   */
  public static Spec read(
      String content,
      Path file,
      @Nullable String sourceUrl,
      @Nullable String targetUrl,
      Environment environment) {
    Path directory = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    return new SpecReader(directory, sourceUrl, targetUrl, environment)
        .spec(content, file.toString());
  }

  /**
   * The spec that two URLs make, with the default for everything else.
   *
   * @throws MigrationException of kind USAGE with all mistakes
   */
  public static Spec ofUrls(String sourceUrl, String targetUrl, Environment environment) {
    return new SpecReader(Path.of(""), sourceUrl, targetUrl, environment).spec(Map.of(), null);
  }

  private Spec spec(String text, String file) {
    Optional<YamlValue> root = YamlDocument.parse(text, SpecSchema.SHAPE, file, mistakes);
    // Without a document every further mistake would only follow from that.
    mistakes.throwIfAny();
    Map<String, YamlValue> fields = root.map(YamlValue::fields).orElse(Map.of());
    return spec(fields, new Location(file, 1, 1, ""));
  }

  private Spec spec(Map<String, YamlValue> fields, @Nullable Location start) {
    Optional<ConnectionSettings> source = connection(Side.SOURCE, sourceUrl, fields, start);
    Optional<ConnectionSettings> target = connection(Side.TARGET, targetUrl, fields, start);
    source.ifPresent(from -> databases.requireListed(from.database(), mistakes));
    TableSelection tables =
        Optional.ofNullable(fields.get("tables")).map(this::tables).orElse(TableSelection.ALL);
    List<TableRule> mappings =
        Optional.ofNullable(fields.get("mappings"))
            .map(value -> new TableRuleReader(mistakes, secrets).read(value))
            .orElse(List.of());
    TextEquality collations =
        Optional.ofNullable(fields.get("collations"))
            .flatMap(Words::equality)
            .orElse(TextEquality.UNIQUE);
    SpecRules rules = RulesReader.read(fields.get("rules"));
    LoadSettings load =
        Optional.ofNullable(fields.get("load"))
            .map(LoadSettingsReader::read)
            .orElse(LoadSettings.DEFAULTS);
    TypeRules types =
        Optional.ofNullable(fields.get("types"))
            .map(value -> TypeRules.read(value, mistakes))
            .orElse(TypeRules.NONE);
    List<SpecCheck> checks = SpecCheckReader.read(fields.get("checks"));
    List<SpecStatement> sql = statements.read(fields.get("sql"));
    List<Path> jars = plugins.read(fields.get("plugins"));
    Optional<String> name = Optional.ofNullable(fields.get("name")).flatMap(YamlValue::name);
    mistakes.throwIfAny();
    ConnectionSettings from = source.orElseThrow().withPatience(load.outage());
    return new Spec(
        name.orElse(from.database()),
        new SourceSpec(from, databases.schemas(names)),
        new TargetSpec(target.orElseThrow().withPatience(load.outage()), schema, names),
        tables,
        mappings,
        collations,
        rules,
        load,
        types,
        checks,
        sql,
        jars);
  }

  private Optional<ConnectionSettings> connection(
      Side side, @Nullable String url, Map<String, YamlValue> fields, @Nullable Location start) {
    YamlValue value = fields.get(side.word);
    Map<String, YamlValue> inner = value == null || !value.isMap() ? Map.of() : value.fields();
    Optional.ofNullable(inner.get("schema")).ifPresent(this::schema);
    Optional.ofNullable(inner.get("names")).flatMap(Words::names).ifPresent(n -> names = n);
    Optional.ofNullable(inner.get("databases")).ifPresent(v -> databases = DatabaseList.read(v));
    String other = side == Side.SOURCE ? databases.first() : "";
    if (url != null) {
      Location option = Location.of("--" + side.word);
      return connections.url(url, side, other, what -> mistakes.add(option, what));
    }
    if (value == null) {
      mistakes.add(
          start == null ? Location.of("--" + side.word) : start,
          side.word + " is missing: the " + side.products + " database, " + side.example + ".");
      return Optional.empty();
    }
    if (value.isMap()) {
      return connections.map(value, inner, side, other);
    }
    if (value.isList() || value.isNull()) {
      value.mistake("expected a URL or a map with url in it, found " + value.found() + ".");
      return Optional.empty();
    }
    return value.text().flatMap(text -> connections.url(text, side, other, value::mistake));
  }

  private void schema(YamlValue value) {
    Optional<String> name = value.isNull() ? value.name() : secrets.text(value);
    if (name.isEmpty()) {
      return;
    }
    schema = name.get();
    GivenNames.ofSchema(schema).ifPresent(value::mistake);
    if (databases.isGiven()) {
      value.mistake(
          "source.databases says which schema each database goes to. Remove target.schema.");
    }
  }

  private TableSelection tables(YamlValue value) {
    Map<String, YamlValue> fields = value.fields();
    YamlValue include = fields.get("include");
    if (include != null && include.isList() && include.items().isEmpty()) {
      include.mistake("nothing is included; leave include out for all tables.");
    }
    return new TableSelection(patterns(include), patterns(fields.get("exclude")));
  }

  private static List<NamePattern> patterns(@Nullable YamlValue value) {
    if (value == null) {
      return List.of();
    }
    List<NamePattern> patterns = new ArrayList<>();
    for (YamlValue item : value.items()) {
      item.name().map(text -> new NamePattern(text, item.at())).ifPresent(patterns::add);
    }
    return patterns;
  }

  /** What is in a spec's file. */
  public static String content(Path file) {
    try {
      if (Files.size(file) > YamlDocument.MOST_BYTES) {
        throw new IOException("it has more than " + (YamlDocument.MOST_BYTES >> 20) + " MiB");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw unreadable(file, "does not exist", e);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "is not UTF-8 text", e);
    } catch (IOException e) {
      throw unreadable(file, "can't be read (" + e.getMessage() + ")", e);
    }
  }

  private static MigrationException unreadable(Path file, String why, IOException e) {
    return new MigrationException(
        Kind.USAGE,
        "The spec " + file + " " + why + ". Name a spec with -c, or give --source and --target.",
        e);
  }
}
