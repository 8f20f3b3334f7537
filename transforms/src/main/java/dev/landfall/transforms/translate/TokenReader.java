package dev.landfall.transforms.translate;

import dev.landfall.transforms.translate.Token.Kind;
import java.util.List;

/** Goes through the words of an expression or a SELECT. */
abstract class TokenReader {
  private final List<Token> tokens;
  private int at;

  TokenReader(String sql) {
    this.tokens = Tokens.of(sql);
  }

  final Token peek() {
    return tokens.get(at);
  }

  final Token peekNext() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  final Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  final boolean accept(String word) {
    boolean found = peek().is(word);
    if (found) {
      at++;
    }
    return found;
  }

  final void expect(String word) {
    if (!accept(word)) {
      throw unexpected();
    }
  }

  final String expectName() {
    if (peek().kind() != Kind.NAME && peek().kind() != Kind.WORD) {
      throw unexpected();
    }
    return next().text();
  }

  final void end() {
    if (peek().kind() != Kind.END) {
      throw unexpected();
    }
  }

  final Untranslatable unexpected() {
    return unexpected(peek());
  }

  static Untranslatable unexpected(Token token) {
    return new Untranslatable("\"" + token + "\" is not understood at its place");
  }
}
