package dev.landfall.pipelines.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where jars of plug-ins are looked for. */
class PluginsReaderTest {
  private static final String URLS = "source: mysql://db/shop\ntarget: postgresql://pg/shop\n";

  @TempDir private Path directory;

  @BeforeEach
  void jars() throws IOException {
    for (String name : new String[] {"a.jar", "b.jar", "more/c.jar", "more/d.jar"}) {
      Path jar = directory.resolve(name);
      Files.createDirectories(jar.getParent());
      try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
        zip.putNextEntry(new ZipEntry("x"));
      }
    }
    Files.createFile(directory.resolve("more").resolve("notes.txt"));
  }

  private Spec read(String plugins, Environment environment) {
    return SpecReader.read(URLS + plugins, directory.resolve("shop.yaml"), null, null, environment);
  }

  private Environment with(String... names) {
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(directory.resolve(name)).append(File.pathSeparator);
    }
    return Environment.of(Map.of("LANDFALL_PLUGINS", all.toString()));
  }

  @Test
  void theyAreBesideTheSpecAndWhereTheVariableSays() {
    assertThat(read("", Environment.of(Map.of())).plugins()).isEmpty();
    assertThat(read("plugins: [b.jar, ./b.jar]\n", with("more", "b.jar", "a.jar")).plugins())
        .containsExactly(
            directory.resolve("b.jar"),
            directory.resolve("more").resolve("c.jar"),
            directory.resolve("more").resolve("d.jar"),
            directory.resolve("a.jar"));
  }

  @Test
  void whatTheVariableLacksIsSaid() {
    assertThatThrownBy(() -> read("", with("gone.jar")))
        .hasMessage(
            "1 mistake, nothing was touched:\nLANDFALL_PLUGINS  the jar %s does not exist.",
            directory.resolve("gone.jar"));
  }

  @Test
  void wherePluginsCameWithTheJobNothingIsLookedFor() {
    assertThat(read("plugins: [gone.jar]\n", Environment.ofProcess(Map.of())).plugins()).isEmpty();
  }
}
