package io.github.datastorelookup.verification.mutants;

import com.github.javaparser.GeneratedJavaParserConstants;
import com.github.javaparser.GeneratedJavaParserTokenManager;
import com.github.javaparser.JavaToken;
import com.github.javaparser.SimpleCharStream;
import com.github.javaparser.StringProvider;
import com.github.javaparser.Token;
import com.github.javaparser.TokenMgrException;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java text as its compiler sees it: tokens, without white space and comments. Immutable.
 *
 * @param text the text
 * @param tokens its tokens, in order
 */
record JavaTokens(String text, List<Place> tokens) {
  /**
   * One token.
   *
   * @param image its characters
   * @param line its line, from 1
   * @param begin the offset of its first character in the text
   */
  record Place(String image, int line, int begin) {
    int end() {
      return begin + image.length();
    }
  }

  /**
   * Splits a text, which may be a fragment.
   *
   * @throws MutantException when a character belongs to no token
   */
  static JavaTokens of(String text) throws MutantException {
    int[] lines = lineOffsets(text);
    SimpleCharStream characters = new SimpleCharStream(new StringProvider(text));
    characters.setTabSize(1);
    GeneratedJavaParserTokenManager lexer = new GeneratedJavaParserTokenManager(characters);
    List<Place> tokens = new ArrayList<>();
    try {
      for (Token each = lexer.getNextToken();
          each.kind != GeneratedJavaParserConstants.EOF;
          each = lexer.getNextToken()) {
        if (!new JavaToken(each.kind, each.image).getCategory().isWhitespaceOrComment()) {
          int begin = lines[each.beginLine - 1] + each.beginColumn - 1;
          tokens.add(new Place(each.image, each.beginLine, begin));
        }
      }
    } catch (TokenMgrException e) {
      throw new MutantException("no Java tokens: " + e.getMessage(), e);
    }
    return new JavaTokens(text, List.copyOf(tokens));
  }

  private static int[] lineOffsets(String text) {
    List<Integer> offsets = new ArrayList<>(List.of(0));
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      offsets.add(i + 1);
    }
    return offsets.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many of these tokens stand at this place, each where it should. */
  int matching(JavaTokens part, int place) {
    int matched = 0;
    for (int i = 0; i < part.tokens.size() && place + i < tokens.size(); i++) {
      matched += part.image(i).equals(image(place + i)) ? 1 : 0;
    }
    return matched;
  }

  /** The first of these tokens that does not stand at this place. */
  int firstOther(JavaTokens part, int place) {
    int other = 0;
    while (place + other < tokens.size() - 1 && part.image(other).equals(image(place + other))) {
      other++;
    }
    return other;
  }

  /** Whether the compiler would see no difference. */
  boolean sameAs(JavaTokens other) {
    return tokens.stream()
        .map(Place::image)
        .toList()
        .equals(other.tokens.stream().map(Place::image).toList());
  }

  String image(int token) {
    return tokens.get(token).image();
  }
}
