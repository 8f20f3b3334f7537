package dev.landfall.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An alarm whose teller is killed before anybody has taken it. */
@Timeout(120)
class AlarmIT {
  private static final String ALARMS =
      "SELECT string_agg(kind, ' ' ORDER BY id) FROM landfall.event"
          + " WHERE kind LIKE 'ALARM%' OR kind = 'VERDICT' GROUP BY run ORDER BY run";

  @Test
  void isToldByWhoComesNextAndThenNeverAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    Queue<String> taken = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          String document =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          try {
            if (asked.getCount() > 0) {
              asked.countDown();
              killed.await();
            } else {
              taken.add(document);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try (Pair pair = Pair.make()) {
      pair.fill(100);
      Path spec = pair.spec();
      Cli.migrate(spec).exits(0);
      Db.run(pair.target(), "UPDATE big SET b = -1 WHERE id = 7");
      List<String> verify =
          List.of(
              "verify",
              "-c",
              spec.toString(),
              "--webhook=http://127.0.0.1:" + server.getAddress().getPort() + "/");
      Process process =
          Cli.start(Files.createTempFile(pair.directory(), "verify", ".txt"), Map.of(), verify);
      asked.await();
      process.destroyForcibly().waitFor();
      killed.countDown();
      assertThat(Db.rows(pair.target(), ALARMS)).containsExactly("VERDICT ALARM");
      assertThat(Cli.run("history", "-c", spec.toString(), "--json").exits(0).out())
          .contains("\"newDifferences\":1,\"settledDifferences\":0,\"alarm\":\"pending\"");

      Cli.run(verify).exits(3);

      long run =
          Db.number(pair.target(), "SELECT min(run) FROM landfall.event WHERE kind = 'ALARM'");
      assertThat(taken)
          .singleElement()
          .asString()
          .startsWith("{\"migration\":\"move\",\"run\":" + run + ",");
      assertThat(Db.rows(pair.target(), ALARMS))
          .containsExactly("VERDICT ALARM ALARM_TOLD", "VERDICT");

      Cli.run(verify).exits(3);

      assertThat(taken).hasSize(1);
    } finally {
      server.stop(0);
    }
  }
}
