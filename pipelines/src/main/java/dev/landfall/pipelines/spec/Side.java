package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import java.util.List;

/** The two ends of a migration and what each must be. */
enum Side {
  SOURCE("source", Product.MYSQL, "MySQL or MariaDB", "mysql://user@host:3306/database"),
  TARGET("target", Product.POSTGRESQL, "PostgreSQL", "postgresql://user@host:5432/database");

  final String word;
  final Product product;
  final String products;
  final String example;

  Side(String word, Product product, String products, String example) {
    this.word = word;
    this.product = product;
    this.products = products;
    this.example = example;
  }

  /** What its URLs begin with. */
  List<String> schemes() {
    return switch (this) {
      case SOURCE -> List.of("mysql", "mariadb");
      case TARGET -> List.of("postgresql", "postgres");
    };
  }
}
