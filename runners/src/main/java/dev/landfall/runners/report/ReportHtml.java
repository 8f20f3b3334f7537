package dev.landfall.runners.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheFactory;
import com.github.mustachejava.reflect.MissingWrapper;
import com.github.mustachejava.reflect.ReflectionObjectHandler;
import com.github.mustachejava.util.Wrapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * A report as one HTML page that needs nothing else: no network, no script. Everything that comes
 * from data goes through {@link ShownText}.
 */
public final class ReportHtml {
  private static final String TEMPLATE = "dev/landfall/runners/report/report.mustache";

  private ReportHtml() {}

  /**
   * The page.
   *
   * @param json the same report's JSON document, whose fingerprint the page has
   */
  public static String of(ReportDocument document, String json) {
    return render(new PageWriter(document).page(Fingerprint.of(json)));
  }

  static String render(Page page) {
    StringWriter text = new StringWriter();
    try {
      factory().compile(TEMPLATE).execute(text, page).flush();
    } catch (IOException e) {
      throw new UncheckedIOException("A StringWriter does not fail", e);
    }
    return text.toString();
  }

  /** A name that the page has not is a mistake, and nothing is written as it is. */
  private static MustacheFactory factory() {
    DefaultMustacheFactory factory =
        new DefaultMustacheFactory() {
          @Override
          public void encode(String value, Writer writer) {
            try {
              writer.write(ShownText.of(value));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    factory.setObjectHandler(
        new ReflectionObjectHandler() {
          @Override
          public Wrapper find(String name, List<Object> scopes) {
            Wrapper found = super.find(name, scopes);
            if (found instanceof MissingWrapper) {
              throw new MustacheException("the page has no " + name);
            }
            return found;
          }
        });
    return factory;
  }
}
