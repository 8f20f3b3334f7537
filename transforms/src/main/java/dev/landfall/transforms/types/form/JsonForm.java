package dev.landfall.transforms.types.form;

import dev.landfall.transforms.value.ValueBuffer;

/**
 * json and jsonb by what they say: blanks, the order of keys and the way of escaping do not count,
 * the last of equal keys wins, numbers are equal as exact decimals. Written in one pass where that
 * is possible, else parsed.
 *
 * <p>The form: {@code n}, {@code t}, {@code f}; {@code d}, a number's canonical form and a zero
 * byte; {@code s}, length and UTF-8; {@code [} elements {@code ]}; <code>{</code> members <code>}
 * </code>, each a {@code k}, the key's length and UTF-8 and the value, ordered as in jsonb: shorter
 * keys first, then by bytes.
 */
public final class JsonForm implements CanonicalForm {
  private final JsonPass pass = new JsonPass();
  private final JsonTree tree = new JsonTree();

  @Override
  public boolean append(byte[] text, int start, int end, ValueBuffer out) {
    int length = out.length();
    if (pass.append(text, start, end, out)) {
      return true;
    }
    out.truncate(length);
    return tree.append(text, start, end, out);
  }
}
