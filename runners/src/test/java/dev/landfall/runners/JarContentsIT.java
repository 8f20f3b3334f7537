package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar says of what is in it. */
class JarContentsIT {
  private static final String COMPONENTS = "META-INF/sbom/landfall.cdx.json";

  private static final List<Path> CLASS_PATH =
      Pattern.compile(File.pathSeparator)
          .splitAsStream(System.getProperty("java.class.path"))
          .map(Path::of)
          .toList();

  /** A part and its licence, each a line of its own. */
  private static final Pattern PART =
      Pattern.compile("^([\\w.-]+:[\\w.-]+) {2,}(\\S.*)$", Pattern.MULTILINE);

  private static JarFile jar;

  /** Components of the list by group and artifact. */
  private static final Map<String, JsonNode> LISTED = new TreeMap<>();

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile("target/landfall.jar");
    assumeTrue(
        jar.getEntry(COMPONENTS) != null
            || !"offline: true".equals(System.getProperty("landfall.build")),
        "the plugin that lists the jar's parts does nothing in a build by mvn -o");
    JsonNode list = new ObjectMapper().readTree(text(COMPONENTS));
    assertThat(list.get("bomFormat").asText()).isEqualTo("CycloneDX");
    for (JsonNode component : list.get("components")) {
      LISTED.put(component.get("group").asText() + ":" + component.get("name").asText(), component);
    }
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  private static String text(String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }

  /**
   * Jars of the class path, by their places in the repository, with something in the jar: name and
   * version, since two of different groups may have one name.
   */
  private static Set<String> shipped() throws IOException {
    Set<String> shipped = new TreeSet<>();
    for (Path file : CLASS_PATH) {
      Path version = Objects.requireNonNull(file.getParent());
      Path artifact = Objects.requireNonNull(version.getParent());
      if (file.endsWith(artifact.getFileName() + "-" + version.getFileName() + ".jar")
          && isIn(file)) {
        shipped.add(artifact.getFileName() + " " + version.getFileName());
      }
    }
    return shipped;
  }

  private static boolean isIn(Path dependency) throws IOException {
    try (JarFile from = new JarFile(dependency.toFile());
        Stream<String> names = from.stream().map(ZipEntry::getName)) {
      return names
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .anyMatch(name -> jar.getEntry(name) != null);
    }
  }

  @Test
  void eachPartIsListedWithItsVersionAndLicence() throws IOException {
    Set<String> shipped = shipped();
    assertThat(shipped)
        .hasSizeGreaterThan(30)
        .anyMatch(part -> part.startsWith("mysql-connector-j "));
    Set<String> listed = new TreeSet<>();
    LISTED.values().stream()
        .filter(component -> !component.get("group").asText().equals("dev.landfall"))
        .forEach(c -> listed.add(c.get("name").asText() + " " + c.get("version").asText()));

    assertThat(listed).isEqualTo(shipped);
    assertThat(LISTED.keySet())
        .contains("dev.landfall:landfall-transforms", "dev.landfall:landfall-pipelines")
        .doesNotContain("dev.landfall:landfall-embedded");
    LISTED.forEach(
        (name, component) -> assertThat(component.get("licenses")).as(name).isNotEmpty());
  }

  /** Somebody has looked at each licence: a new part, or another licence, is to be looked at. */
  @Test
  void theLicencesAreThoseThatWereLookedAt() throws IOException {
    Map<String, String> known = new TreeMap<>();
    PART.matcher(text("META-INF/THIRD-PARTY"))
        .results()
        .forEach(part -> known.put(part.group(1), part.group(2)));
    Map<String, String> found = new TreeMap<>();
    LISTED.forEach(
        (name, component) -> {
          if (!name.startsWith("dev.landfall:")) {
            found.put(name, licences(component));
          }
        });
    assertThat(known).isEqualTo(found);
    assertThat(
            known.entrySet().stream().filter(e -> e.getValue().contains("General Public")).toList())
        .extracting(Map.Entry::getKey)
        .containsExactly("com.mysql:mysql-connector-j");
  }

  private static String licences(JsonNode component) {
    TreeSet<String> all = new TreeSet<>();
    for (JsonNode one : component.get("licenses")) {
      JsonNode license = one.path("license");
      all.add(
          Stream.of(one.path("expression"), license.path("id"), license.path("name"))
              .filter(JsonNode::isTextual)
              .map(JsonNode::asText)
              .collect(Collectors.joining()));
    }
    return String.join(" or ", all);
  }

  @Test
  void licenceAndNoticesAreThere() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
    assertThat(text("META-INF/NOTICE"))
        .contains(
            "MySQL Connector/J", "Universal FOSS", "Apache Beam", "Apache Commons", "Jackson");
    assertThat(text("META-INF/maven/com.zaxxer/HikariCP/pom.properties"))
        .contains(
            "version="
                + Objects.requireNonNull(LISTED.get("com.zaxxer:HikariCP"))
                    .get("version")
                    .asText());
    assertThat(jar.stream().map(ZipEntry::getName))
        .anyMatch(name -> name.matches("META-INF/licenses/mysql-connector-j\\S*/LICENSE"));
  }
}
