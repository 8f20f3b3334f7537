import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A link that takes its time: what is sent arrives later, in order, as much of it as fits. */
class Link {
  /** What may be under way in one direction of a connection: 4 MiB, as with a window of TCP. */
  private static final int BUFFERS = 64;

  private static final int BUFFER = 64 * 1024;

  private final long delayNanos;

  private Link(long delayNanos) {
    this.delayNanos = delayNanos;
  }

  private record Packet(byte[] bytes, long due) {}

  /** {@code MILLISECONDS HOST:PORT...}: the round trip; prints a port for each server. */
  public static void main(String[] words) throws IOException {
    Link link = new Link(Long.parseLong(words[0]) * 1_000_000 / 2);
    StringBuilder ports = new StringBuilder();
    for (String server : Arrays.asList(words).subList(1, words.length)) {
      ServerSocket socket =
          new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      int colon = server.lastIndexOf(':');
      String host = server.substring(0, colon);
      int port = Integer.parseInt(server.substring(colon + 1));
      new Thread(() -> link.accept(socket, host, port)).start();
      ports.append(socket.getLocalPort()).append('\n');
    }
    System.out.print(ports);
    System.out.flush();
  }

  private void accept(ServerSocket socket, String host, int port) {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(host, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        join(client, server);
        join(server, client);
      }
    } catch (IOException e) {
      System.err.println("link: " + e);
      System.exit(1);
    }
  }

  private void join(Socket from, Socket to) {
    BlockingQueue<Packet> under = new ArrayBlockingQueue<>(BUFFERS);
    daemon(() -> receive(from, under));
    daemon(() -> send(under, to));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void receive(Socket from, BlockingQueue<Packet> under) {
    byte[] buffer = new byte[BUFFER];
    try {
      int length = 0;
      try (InputStream in = from.getInputStream()) {
        while ((length = in.read(buffer)) > 0) {
          under.put(new Packet(Arrays.copyOf(buffer, length), System.nanoTime() + delayNanos));
        }
      } catch (IOException e) {
        // The end, as the other side is to see it.
      }
      under.put(new Packet(new byte[0], System.nanoTime() + delayNanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(BlockingQueue<Packet> under, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      for (Packet packet = under.take(); packet.bytes().length > 0; packet = under.take()) {
        long wait = packet.due() - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        out.write(packet.bytes());
      }
    } catch (IOException e) {
      // Nobody listens any more; what is still under way is taken and lost.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
