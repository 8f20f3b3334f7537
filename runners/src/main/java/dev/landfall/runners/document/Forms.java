package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.report.Report;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.OddValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How records of the ledger and the pipelines are written whose fields do not all have their
 * components' names. Each form has the methods of the record that it is for.
 */
final class Forms {
  private Forms() {}

  static SimpleModule addTo(SimpleModule module) {
    for (Class<?> type :
        List.of(
            RejectList.Row.class,
            RepairReport.Key.class,
            Report.Rejects.Reason.class,
            Report.Rejects.Row.class,
            SelfTestReport.Table.class,
            SelfTestReport.Case.class,
            SelfTestReport.NotSeeded.class,
            SelfTestReport.Unexpected.class,
            TableResult.class)) {
      module.setMixInAnnotation(type, OfTable.class);
    }
    return module
        .setMixInAnnotation(Alarm.Difference.class, OfAlarm.class)
        .setMixInAnnotation(Difference.class, OfDifference.class)
        .setMixInAnnotation(HistoryEntry.class, OfHistory.class)
        .setMixInAnnotation(OddCount.class, OfOddCount.class)
        .setMixInAnnotation(Snapshot.Disposition.class, OfDisposition.class)
        .setMixInAnnotation(Report.Check.class, OfCheck.class)
        .setMixInAnnotation(Report.CheckRow.class, OfKind.class)
        .setMixInAnnotation(Report.Event.class, OfKind.class)
        .setMixInAnnotation(Report.Part.class, OfPart.class)
        .setMixInAnnotation(Report.Repair.class, OfRepair.class)
        .setMixInAnnotation(Report.RowDifference.class, OfRowDifference.class)
        .setMixInAnnotation(Report.Run.class, OfRun.class)
        .setMixInAnnotation(Report.SelfTest.class, OfSelfTest.class)
        .setMixInAnnotation(Report.TableVerdict.class, OfVerdict.class)
        .setMixInAnnotation(Report.Verification.class, OfVerification.class);
  }

  /** What is written behind the names of its tables. */
  @JsonIgnoreProperties({"table", "target"})
  interface OfTable {}

  @JsonIgnoreProperties({"table", "source"})
  interface OfAlarm {
    @JsonSerialize(using = AsIs.class)
    String key();

    @JsonSerialize(using = Lower.class)
    String kind();
  }

  @JsonIgnoreProperties("table")
  interface OfDifference {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    Map<String, Difference.Values> values();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable String reject();
  }

  @JsonIgnoreProperties({"table", "target"})
  interface OfDisposition {
    @JsonSerialize(contentUsing = AsIs.class)
    List<String> sampleKeys();
  }

  interface OfHistory {
    @JsonSerialize(using = Lower.class)
    @Nullable String outcome();

    @JsonSerialize(using = Lower.class)
    @Nullable String level();

    @JsonSerialize(using = Lower.class)
    @Nullable String alarm();
  }

  @JsonIgnoreProperties("table")
  interface OfOddCount {
    @JsonProperty("kind")
    OddValue odd();
  }

  interface OfCheck {
    @JsonSerialize(using = Words.class)
    String outcome();
  }

  interface OfKind {
    @JsonSerialize(using = Words.class)
    String kind();
  }

  interface OfPart {
    @JsonProperty("part")
    int number();

    @JsonProperty("rowsLoaded")
    long rows();
  }

  interface OfRepair {
    @JsonSerialize(using = Words.class)
    String action();
  }

  @JsonIgnoreProperties("target")
  @JsonPropertyOrder({"key", "kind"})
  interface OfRowDifference {
    @JsonSerialize(using = Words.class)
    String kind();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    Map<String, Report.Values> values();
  }

  interface OfRun {
    @JsonProperty("run")
    long id();

    @JsonSerialize(using = Words.class)
    @Nullable String outcome();

    @JsonProperty("rowsLoaded")
    long rows();
  }

  @JsonPropertyOrder("passed")
  interface OfSelfTest {
    @JsonProperty
    boolean passed();
  }

  @JsonIgnoreProperties("position")
  @JsonPropertyOrder({"target", "run", "finished", "level"})
  interface OfVerdict {
    @JsonSerialize(using = Words.class)
    String level();
  }

  interface OfVerification {
    @JsonSerialize(using = Words.class)
    String level();
  }

  /** JSON already. */
  private static final class AsIs extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    AsIs() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(value);
    }
  }

  /** A name of the ledger's. */
  private static final class Lower extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    Lower() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Documents.lower(value));
    }
  }

  /** A name of the ledger's in words. */
  private static final class Words extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    Words() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Documents.words(value));
    }
  }
}
