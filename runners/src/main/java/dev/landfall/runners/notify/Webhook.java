package dev.landfall.runners.notify;

import dev.landfall.pipelines.spec.WebhookUrl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends documents to an address by POST: again, after a growing pause, when it is not taken (any
 * answer but 2xx), three times. No message has the address behind its host.
 */
public final class Webhook {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int RETRIES = 3;

  private final WebhookUrl url;
  private final Pause pause;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          // What is behind a redirect was not named, and may be anybody's.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Waits between two attempts. */
  public interface Pause {
    /** Waits. */
    void sleep(Duration time) throws InterruptedException;

    /** By the process's clock. */
    Pause SYSTEM = time -> Thread.sleep(time.toMillis());
  }

  public Webhook(WebhookUrl url, Pause pause) {
    this.url = url;
    this.pause = pause;
  }

  /** Sends a document; empty when it was taken, otherwise why it was not, for a person. */
  Optional<String> post(String document) throws InterruptedException {
    Duration wait = Duration.ofSeconds(1);
    for (int attempt = 0; ; attempt++) {
      Optional<String> failure = attempt(document);
      if (failure.isEmpty()) {
        return failure;
      }
      if (attempt == RETRIES) {
        return Optional.of(url + ": " + failure.get() + ", " + (RETRIES + 1) + " times");
      }
      pause.sleep(wait);
      wait = wait.multipliedBy(3);
    }
  }

  private Optional<String> attempt(String document) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.uri())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "landfall")
            .POST(HttpRequest.BodyPublishers.ofString(document, StandardCharsets.UTF_8))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
    } catch (HttpTimeoutException e) {
      return Optional.of("no answer within " + TIMEOUT.toSeconds() + " s");
    } catch (ConnectException e) {
      return Optional.of("no connection");
    } catch (IOException e) {
      // Its message may repeat the address.
      return Optional.of(e.getClass().getSimpleName());
    }
  }
}
