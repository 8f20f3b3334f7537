package dev.landfall.runners.display;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.landfall.transforms.ledger.Step;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run is doing, as a part of a document. */
final class StepJson {
  private StepJson() {}

  /** Writes the field {@code step}: null where no run is at one. */
  static void write(JsonGenerator json, Step.@Nullable State step) throws IOException {
    if (step == null) {
      json.writeNullField("step");
      return;
    }
    json.writeObjectFieldStart("step");
    json.writeStringField("kind", step.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("began", step.began().toString());
    json.writeNumberField("done", step.done());
    json.writeNumberField("things", step.things());
    json.writeNumberField("rows", step.rows());
    json.writeNumberField("rowsExpected", step.rowsExpected());
    json.writeEndObject();
  }
}
