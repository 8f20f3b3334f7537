package dev.landfall.pipelines.spec;

import dev.landfall.transforms.compute.Hash;
import dev.landfall.transforms.jdbc.Secret;

/** A salt that a spec has of a variable or a file. */
record SecretSalt(Secret secret) implements Hash.Salt {
  @Override
  public String reveal() {
    return secret.reveal();
  }
}
