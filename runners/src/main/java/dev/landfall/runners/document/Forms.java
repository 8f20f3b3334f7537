package dev.landfall.runners.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.landfall.pipelines.api.Difference;
import dev.landfall.pipelines.api.RepairReport;
import dev.landfall.pipelines.api.SelfTestReport;
import dev.landfall.pipelines.api.TableResult;
import dev.landfall.pipelines.report.Report;
import dev.landfall.runners.document.TableNames.Named;
import dev.landfall.runners.document.TableNames.Names;
import dev.landfall.transforms.catalog.OddCount;
import dev.landfall.transforms.ledger.Alarm;
import dev.landfall.transforms.ledger.HistoryEntry;
import dev.landfall.transforms.ledger.RejectList;
import dev.landfall.transforms.ledger.Snapshot;
import dev.landfall.transforms.model.OddValue;
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
    mixIn(
        module,
        OfTable.class,
        RejectList.Row.class,
        RepairReport.Key.class,
        Report.Rejects.Reason.class,
        Report.Rejects.Row.class,
        SelfTestReport.Table.class,
        SelfTestReport.Case.class,
        SelfTestReport.NotSeeded.class,
        SelfTestReport.Unexpected.class,
        TableResult.class);
    mixIn(
        module, InWords.class, Report.Event.class, Report.Repair.class, Report.Verification.class);
    mixIn(module, OfAlarm.class, Alarm.class);
    mixIn(module, OfNewDifference.class, Alarm.Difference.class);
    mixIn(module, OfDifference.class, Difference.class);
    mixIn(module, OfDisposition.class, Snapshot.Disposition.class);
    mixIn(module, OfHistory.class, HistoryEntry.class);
    mixIn(module, OfOddCount.class, OddCount.class);
    mixIn(module, OfPart.class, Report.Part.class);
    mixIn(module, OfRun.class, Report.Run.class);
    mixIn(module, OfVerdict.class, Report.TableVerdict.class);
    return module;
  }

  private static void mixIn(SimpleModule module, Class<?> form, Class<?>... types) {
    for (Class<?> type : types) {
      module.setMixInAnnotation(type, form);
    }
  }

  /** What is written behind the names of its tables. */
  @JsonIgnoreProperties({"table", "target"})
  interface OfTable {}

  /** Names of the ledger's, of as many of these as the record has. */
  interface InWords {
    @JsonSerialize(converter = Words.class)
    String action();

    @JsonSerialize(converter = Words.class)
    String kind();

    @JsonSerialize(converter = Words.class)
    String level();

    @JsonSerialize(converter = Words.class)
    @Nullable String outcome();
  }

  interface OfAlarm {
    @JsonSerialize(contentConverter = NewDifference.class)
    List<Alarm.Difference> firstNew();
  }

  /** A new difference behind the names of its tables. */
  static final class NewDifference extends StdConverter<Alarm.Difference, Named> {
    @Override
    public Named convert(Alarm.Difference one) {
      return new Named(new Names(one.table(), null, one.source(), one.table()), one);
    }
  }

  @JsonIgnoreProperties({"table", "source"})
  interface OfNewDifference {
    @JsonSerialize(converter = AsIs.class)
    String key();

    @JsonSerialize(converter = Lower.class)
    String kind();
  }

  @JsonIgnoreProperties({"table", "copies"})
  interface OfDifference {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    Map<String, Difference.Values> values();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable String reject();
  }

  @JsonIgnoreProperties({"table", "target"})
  interface OfDisposition {
    @JsonSerialize(contentConverter = AsIs.class)
    List<String> sampleKeys();
  }

  interface OfHistory {
    @JsonSerialize(converter = Lower.class)
    @Nullable String outcome();

    @JsonSerialize(converter = Lower.class)
    @Nullable String level();

    @JsonSerialize(converter = Lower.class)
    @Nullable String alarm();
  }

  @JsonIgnoreProperties("table")
  interface OfOddCount {
    @JsonProperty("kind")
    OddValue odd();
  }

  interface OfPart {
    @JsonProperty("part")
    int number();

    @JsonProperty("rowsLoaded")
    long rows();
  }

  interface OfRun extends InWords {
    @JsonProperty("run")
    long id();

    @JsonProperty("rowsLoaded")
    long rows();
  }

  @JsonIgnoreProperties("position")
  @JsonPropertyOrder({"target", "run", "finished", "level"})
  interface OfVerdict extends InWords {}

  /** JSON already. */
  static final class AsIs extends StdConverter<String, RawValue> {
    @Override
    public RawValue convert(String json) {
      return new RawValue(json);
    }
  }

  /** A name of the ledger's. */
  static final class Lower extends StdConverter<String, String> {
    @Override
    public String convert(String name) {
      return Documents.lower(name);
    }
  }

  /** A name of the ledger's in words. */
  static final class Words extends StdConverter<String, String> {
    @Override
    public String convert(String name) {
      return Documents.words(name);
    }
  }
}
