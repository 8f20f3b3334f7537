package dev.landfall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheTest {
  private final String name = "test-" + System.nanoTime();
  private final AtomicInteger fills = new AtomicInteger();

  private Path get() {
    return Cache.directory(
        name,
        directory -> {
          fills.incrementAndGet();
          Files.writeString(directory.resolve("one"), "1");
          Files.writeString(directory.resolve("two"), "2");
        });
  }

  @AfterEach
  void deleteEntry() throws IOException {
    Path directory = get();
    Directories.delete(directory);
    Files.delete(directory.resolveSibling(name + ".files"));
    Files.delete(directory.resolveSibling(name + ".lock"));
  }

  @Test
  void makesADirectoryOnceAndAgainWhenItLostAFile() throws IOException {
    assertThat(get()).isEqualTo(get()).isDirectoryContaining(p -> p.endsWith("one"));
    assertThat(fills).hasValue(1);
    Files.delete(get().resolve("one"));
    assertThat(get().resolve("one")).hasContent("1");
    assertThat(fills).hasValue(2);
  }

  @Test
  void nothingAppearsWhenFillingFails() {
    assertThatThrownBy(
            () ->
                Cache.directory(
                    name,
                    directory -> {
                      Files.writeString(directory.resolve("half"), "");
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("disk full");
    assertThat(get().resolve("half")).doesNotExist();
    assertThat(get().resolve("two")).hasContent("2");
  }
}
