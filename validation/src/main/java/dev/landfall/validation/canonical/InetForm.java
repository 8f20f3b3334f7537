package dev.landfall.validation.canonical;

import dev.landfall.transforms.value.ValueBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * inet by its address and the length of its netmask, as PostgreSQL compares it (manual 8.9.1). The
 * servers shorten an IPv6 address in different places: MariaDB replaces a single group of zeros by
 * {@code ::}, PostgreSQL only two or more.
 */
final class InetForm implements CanonicalForm {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_GROUPS = 8;

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    String value = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    int slash = value.indexOf('/');
    String address = slash < 0 ? value : value.substring(0, slash);
    boolean ipv6 = address.indexOf(':') >= 0;
    int bits = ipv6 ? IPV6_GROUPS * Short.SIZE : IPV4_BYTES * Byte.SIZE;
    int netmask = slash < 0 ? bits : number(value.substring(slash + 1), 10, bits);
    if (netmask < 0) {
      return false;
    }
    out.put(ipv6 ? '6' : '4');
    out.put(netmask);
    return ipv6 ? ipv6(address, out) : ipv4(address, out);
  }

  private static boolean ipv4(String address, ValueBuffer out) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != IPV4_BYTES) {
      return false;
    }
    for (String part : parts) {
      int number = number(part, 10, 0xff);
      if (number < 0) {
        return false;
      }
      out.put(number);
    }
    return true;
  }

  /** {@code ::} stands for as many groups of zeros as are missing. */
  private static boolean ipv6(String address, ValueBuffer out) {
    int gap = address.indexOf("::");
    List<Integer> groups = new ArrayList<>();
    if (gap < 0) {
      return groups(address, groups) && groups.size() == IPV6_GROUPS && put(groups, out);
    }
    List<Integer> behind = new ArrayList<>();
    if (!groups(address.substring(0, gap), groups)
        || !groups(address.substring(gap + 2), behind)
        || groups.size() + behind.size() >= IPV6_GROUPS) {
      return false;
    }
    while (groups.size() + behind.size() < IPV6_GROUPS) {
      groups.add(0);
    }
    groups.addAll(behind);
    return put(groups, out);
  }

  private static boolean put(List<Integer> groups, ValueBuffer out) {
    for (int group : groups) {
      out.put(group >> Byte.SIZE);
      out.put(group & 0xff);
    }
    return true;
  }

  /** Adds the groups of a text without {@code ::}; the last may be an IPv4 address, two groups. */
  private static boolean groups(String text, List<Integer> groups) {
    if (text.isEmpty()) {
      return true;
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        ValueBuffer bytes = new ValueBuffer();
        if (!ipv4(parts[i], bytes)) {
          return false;
        }
        byte[] b = bytes.array();
        groups.add(((b[0] & 0xff) << Byte.SIZE) | (b[1] & 0xff));
        groups.add(((b[2] & 0xff) << Byte.SIZE) | (b[3] & 0xff));
      } else {
        int group = number(parts[i], 16, 0xffff);
        if (group < 0) {
          return false;
        }
        groups.add(group);
      }
    }
    return true;
  }

  /** A number of digits only, at most that large; -1 when it is none. */
  private static int number(String text, int radix, int max) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number <= max ? number : -1;
  }
}
