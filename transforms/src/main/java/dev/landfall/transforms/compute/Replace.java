package dev.landfall.transforms.compute;

/** Puts a text in the place of another one, wherever that is. */
public final class Replace extends TextOperator {
  private static final long serialVersionUID = 1L;

  private final String from;
  private final String to;

  /**
   * @param from not empty
   * @param to may be empty
   */
  public Replace(String from, String to) {
    super("{replace: {from: " + Written.text(from) + ", to: " + Written.text(to) + "}}");
    this.from = from;
    this.to = to;
  }

  @Override
  String changed(String text) {
    return text.replace(from, to);
  }
}
