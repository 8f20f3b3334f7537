package dev.landfall.transforms.read;

import com.mysql.cj.NativeSession;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.protocol.FullReadInputStream;
import com.mysql.cj.protocol.ResultsetRows;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.a.CompressedInputStream;
import com.mysql.cj.protocol.a.result.ResultsetRowsStreaming;
import dev.landfall.transforms.value.Rows;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What Connector/J reads from a server, in blocks from which whole packets of rows can be taken
 * before the driver comes by. All else is the driver's: whatever begins, ends or interrupts rows,
 * packets that are in two blocks, and with those what it knows of when the server was last heard.
 *
 * <p>A packet is its length in three bytes, a number, and so many bytes (MySQL's developer
 * documentation, "Protocol Basics").
 */
final class PacketInput extends FullReadInputStream {
  private static final int BLOCK = 1 << 16;
  private static final int HEADER = 4;

  /** Begins the packet behind the last row, or one of a row whose first value is this long. */
  private static final int END = 0xfe;

  private final byte[] block = new byte[BLOCK];
  private int position;
  private int end;

  /** Where the row begins that ends at the position. */
  private int row;

  private PacketInput(InputStream server) {
    super(server);
  }

  /**
   * The input of the connection that those rows come from, the same each time; null where rows do
   * not come as they are read, where the driver writes each packet down, or where they are
   * compressed, since that stream waits for as many bytes as it is asked for.
   */
  static @Nullable PacketInput of(ResultsetRows rows) throws IOException {
    if (!(rows instanceof ResultsetRowsStreaming)
        || !(rows.getOwner().getSession() instanceof NativeSession session)
        || isSet(session, PropertyKey.traceProtocol)
        || isSet(session, PropertyKey.enablePacketDebug)) {
      return null;
    }
    SocketConnection socket = session.getProtocol().getSocketConnection();
    FullReadInputStream input = socket.getMysqlInput();
    if (input instanceof PacketInput same) {
      return same;
    }
    InputStream server = input.getUnderlyingStream();
    if (server instanceof CompressedInputStream) {
      return null;
    }
    PacketInput packets = new PacketInput(server);
    socket.setMysqlInput(packets);
    return packets;
  }

  private static boolean isSet(NativeSession session, PropertyKey key) {
    return session.getPropertySet().getBooleanProperty(key).getValue();
  }

  /** Steps to the next packet if it is a row, and here as a whole. */
  boolean nextRow() {
    int start = position + HEADER;
    if (start >= end) {
      return false;
    }
    int next = start + length(block, position);
    if ((block[start] & 0xff) >= END || next > end) {
      return false;
    }
    row = start;
    position = next;
    return true;
  }

  /** Adds the row that it stepped to. The driver must not have read since. */
  void addTo(Rows.Builder rows) {
    rows.addLengthEncoded(block, row, position);
  }

  private static int length(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
  }

  /** Has bytes, unless the server has closed the connection. */
  private boolean fill() throws IOException {
    // Nothing, should the read fail: what is there was given.
    position = 0;
    end = 0;
    end = Math.max(in.read(block, 0, BLOCK), 0);
    return end > 0;
  }

  @Override
  public int read() throws IOException {
    return position < end || fill() ? block[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (position == end) {
      if (count >= BLOCK) {
        return in.read(bytes, offset, count);
      }
      if (count > 0 && !fill()) {
        return -1;
      }
    }
    int some = Math.min(count, end - position);
    System.arraycopy(block, position, bytes, offset, some);
    position += some;
    return some;
  }

  @Override
  public long skip(long count) throws IOException {
    if (position == end) {
      return in.skip(count);
    }
    int some = (int) Math.max(0, Math.min(count, end - position));
    position += some;
    return some;
  }

  @Override
  public int available() throws IOException {
    return end - position + in.available();
  }
}
