package dev.landfall.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks what the servers' Maven artifacts hold. */
final class Archives {
  private Archives() {}

  /** Unpacks a resource ending in {@code .tar.gz} or {@code .txz}, with links and permissions. */
  static void untar(String resource, Path directory) throws IOException {
    try (InputStream packed = url(resource).openStream();
        InputStream plain =
            resource.endsWith(".txz") ? new XZInputStream(packed) : new GZIPInputStream(packed)) {
      Process tar =
          Programs.builder(
                  List.of("tar", "-x", "--no-same-owner", "-f", "-", "-C", directory.toString()))
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      try (OutputStream input = tar.getOutputStream()) {
        plain.transferTo(input);
      }
      int code = tar.waitFor();
      if (code != 0) {
        throw new IOException("tar ended with code " + code + " unpacking " + resource);
      }
    } catch (InterruptedException e) {
      throw Programs.interrupted(e);
    }
  }

  /**
   * Copies the files below a folder of a jar.
   *
   * @param known a file in that folder, by which the jar is found
   */
  static void copyFolder(String folder, String known, Path directory) throws IOException {
    if (!(url(folder + known).openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(folder + known + " is not in a jar");
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : jar.stream().toList()) {
        if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
          Path file = directory.resolve(entry.getName().substring(folder.length())).normalize();
          if (!file.startsWith(directory)) {
            throw new IOException(entry.getName() + " leads out of its folder");
          }
          Files.createDirectories(file.getParent());
          try (InputStream contents = jar.getInputStream(entry)) {
            Files.copy(contents, file);
          }
        }
      }
    }
  }

  private static URL url(String resource) throws IOException {
    URL url = Archives.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return url;
  }
}
