package dev.landfall.runners.notify;

import dev.landfall.pipelines.spec.WebhookUrl;
import dev.landfall.transforms.jdbc.Retries;
import dev.landfall.transforms.jdbc.Retries.Policy;
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
    Retries tries = Retries.of(Policy.WEBHOOK, Duration.ZERO);
    while (true) {
      try {
        attempt(document);
        return Optional.empty();
      } catch (IOException e) {
        if (!tries.again(e)) {
          return Optional.of(url + ": " + reason(e) + ", " + tries.fruitless() + " times");
        }
        pause.sleep(tries.pause());
      }
    }
  }

  private void attempt(String document) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.uri())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "landfall")
            .POST(HttpRequest.BodyPublishers.ofString(document, StandardCharsets.UTF_8))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new Answer("it answered " + status);
    }
  }

  /** An answer that is no thanks. */
  private static final class Answer extends IOException {
    private static final long serialVersionUID = 1L;

    Answer(String message) {
      super(message);
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof Answer) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer within " + TIMEOUT.toSeconds() + " s";
    }
    // Its message may repeat the address.
    return failure instanceof ConnectException
        ? "no connection"
        : failure.getClass().getSimpleName();
  }
}
