package dev.landfall.pipelines.spec.shape;

import dev.landfall.pipelines.spec.shape.Clause.Place;
import java.util.List;
import java.util.stream.Stream;

/**
 * That a key is there.
 *
 * @param list whether it has to be a list
 */
public record When(String key, boolean list) {
  /** It is there, whatever it is. */
  public static When there(String key) {
    return new When(key, false);
  }

  /** It is there as a list. */
  public static When list(String key) {
    return new When(key, true);
  }

  /** None of the others may be there then. */
  public Clause forbids(Place place, String what, String... others) {
    return new Clause(this, Stream.of(others).map(When::there).toList(), false, place, what);
  }

  /** One of the others has to be there then. */
  public Clause needs(Place place, String what, When... others) {
    return new Clause(this, List.of(others), true, place, what);
  }
}
