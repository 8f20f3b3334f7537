package dev.landfall.pipelines.verify;

import dev.landfall.pipelines.api.VerifyRequest;
import dev.landfall.transforms.model.TableName;
import dev.landfall.validation.match.ValueMask;
import dev.landfall.validation.result.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values of differences are kept and shown, as a request says: no more than was asked for.
 */
final class ShownValues {
  private final VerifyRequest request;
  private final ValueMask mask = new ValueMask();

  ShownValues(VerifyRequest request) {
    this.request = request;
  }

  List<Difference> of(List<Difference> differences) {
    Map<TableName, Integer> shown = new HashMap<>();
    List<Difference> kept = new ArrayList<>();
    for (Difference difference : differences) {
      boolean show =
          request.values() != VerifyRequest.Values.NONE
              && shown.merge(difference.targetTable(), 1, Integer::sum) <= request.maxValues();
      if (!show) {
        kept.add(difference.withValues(Map.of()));
      } else if (request.values() == VerifyRequest.Values.MASKED) {
        kept.add(mask.apply(difference));
      } else {
        kept.add(difference);
      }
    }
    return kept;
  }
}
