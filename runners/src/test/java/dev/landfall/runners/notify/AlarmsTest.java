package dev.landfall.runners.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.landfall.pipelines.api.Reconciliation;
import dev.landfall.pipelines.spec.Environment;
import dev.landfall.pipelines.spec.WebhookUrl;
import dev.landfall.runners.FakeJournal;
import dev.landfall.transforms.MigrationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmsTest {
  private static final String DOCUMENT =
      "{\"migration\":\"shop\",\"run\":%d,\"started\":\"1970-01-01T00:00:00Z\","
          + "\"ended\":\"1970-01-01T00:00:01Z\",\"slice\":null,\"tables\":2,\"rowsCompared\":100,"
          + "\"differences\":5,\"newDifferences\":1,\"firstNew\":[{\"table\":\"public.users\","
          + "\"sourceTable\":\"shop.users\",\"targetTable\":\"public.users\","
          + "\"key\":{\"id\": \"7\"},\"kind\":\"missing\"}]}";

  private final FakeJournal journal = new FakeJournal();
  private final List<String> received = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private HttpServer server;
  private WebhookUrl url;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          Integer answer = answers.poll();
          exchange.sendResponseHeaders(answer == null ? 200 : answer, -1);
          exchange.close();
        });
    server.start();
    url =
        WebhookUrl.read(
            "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/${TOKEN}?a=1",
            Environment.of(Map.of("TOKEN", "s3cret")));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Alarms alarms() {
    return new Alarms(journal, new Webhook(url, pauses::add), said::add);
  }

  private static Reconciliation found(long run, long news) {
    return new Reconciliation(run, news, null);
  }

  private static String post(long run) {
    return "POST /hooks/s3cret?a=1 application/json " + DOCUMENT.formatted(run);
  }

  @Test
  void tellsNewDifferencesOnce() {
    alarms().tell(found(4, 1));
    alarms().tell(found(5, 0));

    assertThat(received).containsExactly(post(4));
    assertThat(journal.calls).containsExactly("told 4");
    assertThat(said).isEmpty();
  }

  @Test
  void triesAgainAfterGrowingPauses() {
    answers.addAll(List.of(500, 404, 302));

    alarms().tell(found(4, 1));

    assertThat(received).containsExactly(post(4), post(4), post(4), post(4));
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(9));
    assertThat(journal.calls).containsExactly("told 4");
  }

  @Test
  void tellsWithTheNextRunWhatReachedNobody() {
    answers.addAll(List.of(500, 500, 500, 503));

    alarms().tell(found(4, 1));

    String host = "http://127.0.0.1:" + server.getAddress().getPort() + "/***";
    assertThat(journal.errors).containsExactly(Map.entry(4L, host + ": it answered 503, 4 times"));
    assertThat(said)
        .containsExactly(
            "the alarm of run 4 reached nobody and will be told again with the next run: "
                + host
                + ": it answered 503, 4 times");
    received.clear();

    alarms().tell(found(5, 0));

    assertThat(received).containsExactly(post(4));
    assertThat(journal.errors).isEmpty();
  }

  @Test
  void tellsAllThatReachedNobodyTheNewestFirst() {
    answers.addAll(List.of(500, 500, 500, 500, 500, 500, 500, 500));
    alarms().tell(found(4, 1));
    alarms().tell(found(5, 1));
    assertThat(journal.errors.keySet()).containsExactlyInAnyOrder(4L, 5L);
    received.clear();

    alarms().tell(found(6, 1));

    assertThat(received).containsExactly(post(6), post(4), post(5));
    assertThat(journal.errors).isEmpty();
  }

  @Test
  void tellsAtTheStartWhatAProcessThatDiedLeft() {
    // Kept with the verdict; whoever found it did not come to telling.
    journal.errors.put(4L, "");

    alarms().tellLeft();

    assertThat(received).containsExactly(post(4));
    assertThat(journal.errors).isEmpty();
  }

  @Test
  void whoCantBeReachedIsSaidWithoutTheSecret() {
    server.stop(0);

    alarms().tell(found(4, 1));

    assertThat(journal.errors.get(4L)).endsWith("/***: no connection, 4 times");
    assertThat(said.toString()).doesNotContain("s3cret", "hooks");
  }

  @Test
  void aLedgerThatIsAwayFailsNothing() {
    journal.away = true;

    alarms().tell(found(4, 1));

    assertThat(received).isEmpty();
    assertThat(said).containsExactly("alarms were not told: the target is away");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://h/s3cret | it must begin with https:// or http:// and a host.",
        "h/s3cret | it must begin with https:// or http:// and a host.",
        "https:///s3cret | it must begin with https:// or http:// and a host.",
        "https://u:s3cret@h/ | a user and a password in front of the host are not sent;",
        "https://h/s3cret x | it is no URL;",
        "https://h/${NONE} | environment variable NONE is not set.",
        "https://h/${s3cret! | \"${\" must be followed by the name of an environment variable"
      })
  void refusesAddressesWithoutRepeatingThem(String text, String why) {
    MigrationException refusal =
        catchThrowableOfType(
            MigrationException.class, () -> WebhookUrl.read(text, Environment.of(Map.of())));

    assertThat(refusal.kind()).isEqualTo(MigrationException.Kind.USAGE);
    assertThat(refusal).hasMessageStartingWith("--webhook: " + why);
    assertThat(refusal.getMessage()).doesNotContain("s3cret");
  }
}
