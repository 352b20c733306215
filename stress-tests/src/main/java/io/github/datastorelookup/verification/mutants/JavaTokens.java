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
      throw new MutantException("no Java tokens: " + text, e);
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

  /** How many of these tokens, from the first one on, stand at this place. */
  int matching(JavaTokens part, int place) {
    int matched = 0;
    while (matched < part.tokens.size()
        && place + matched < tokens.size()
        && part.image(matched).equals(image(place + matched))) {
      matched++;
    }
    return matched;
  }

  String image(int token) {
    return tokens.get(token).image();
  }
}
