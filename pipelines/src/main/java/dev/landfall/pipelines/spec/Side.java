package dev.landfall.pipelines.spec;

import dev.landfall.transforms.jdbc.ConnectionSettings.Product;
import java.util.List;

/** The two ends of a migration and what each must be. */
enum Side {
  SOURCE(
      "source",
      Product.MYSQL,
      List.of("mysql", "mariadb"),
      "MySQL or MariaDB",
      "mysql://user@host:3306/database"),
  TARGET(
      "target",
      Product.POSTGRESQL,
      List.of("postgresql", "postgres"),
      "PostgreSQL",
      "postgresql://user@host:5432/database");

  final String word;
  final Product product;
  final List<String> schemes;
  final String products;
  final String example;

  Side(String word, Product product, List<String> schemes, String products, String example) {
    this.word = word;
    this.product = product;
    this.schemes = schemes;
    this.products = products;
    this.example = example;
  }
}
