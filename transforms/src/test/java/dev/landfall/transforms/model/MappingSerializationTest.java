package dev.landfall.transforms.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.transforms.types.Conversion;
import dev.landfall.transforms.types.PgType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingSerializationTest {
  private static Mapping large() {
    List<TableMapping> tables = new ArrayList<>();
    for (int t = 0; t < 1_000; t++) {
      List<SourceColumn> columns = new ArrayList<>();
      List<ColumnMapping> mapped = new ArrayList<>();
      for (int c = 0; c < 20; c++) {
        columns.add(
            new SourceColumn(
                "column_" + c,
                "int",
                "int",
                true,
                null,
                false,
                false,
                null,
                null,
                null,
                null,
                10,
                0,
                null,
                false,
                ""));
        mapped.add(
            ColumnMapping.read("column_" + c, PgType.parse("integer"), true, c, Conversion.NONE));
      }
      tables.add(
          new TableMapping(
              new SourceTable(
                  new TableName("s", "t" + t), columns, List.of(), List.of(), null, "", 1, 1),
              columns,
              List.of(
                  new TargetTable(
                      new TableName("public", "t" + t), mapped, List.of("column_0"), false))));
    }
    return new Mapping(tables);
  }

  private static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object object(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  @Test
  void copiesOfOneProcessAreTheSameObject() throws Exception {
    Mapping mapping = large();
    byte[] first = bytes(mapping);
    assertThat(first.length).isLessThan(3_000_000);
    assertThat(object(first)).isSameAs(mapping);
    assertThat(bytes(mapping)).isEqualTo(first);
  }

  /** The classes once more, as another process has them. */
  private static final class OtherProcess extends URLClassLoader {
    OtherProcess() {
      super(
          Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
              .map(OtherProcess::url)
              .toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String path) {
      try {
        return new File(path).toURI().toURL();
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }

    Object read(byte[] bytes) throws IOException, ClassNotFoundException {
      InputStream stream = new ByteArrayInputStream(bytes);
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(this);
      try (ObjectInputStream in =
          new ObjectInputStream(stream) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
              return Class.forName(type.getName(), false, OtherProcess.this);
            }
          }) {
        return in.readObject();
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  @Test
  void anotherProcessReadsAnEqualOneOnce() throws Exception {
    Mapping mapping = new Mapping(large().tables().subList(0, 3));
    byte[] sent = bytes(mapping);
    try (OtherProcess other = new OtherProcess()) {
      Object copy = other.read(sent);
      assertThat(copy).isNotInstanceOf(Mapping.class);
      assertThat(copy.toString()).isEqualTo("Mapping of 3 tables");
      assertThat(other.read(sent)).isSameAs(copy);
      // What it sends on is known here again, and still the same mapping.
      assertThat(object(bytes(copy))).isSameAs(mapping);
    }
  }
}
