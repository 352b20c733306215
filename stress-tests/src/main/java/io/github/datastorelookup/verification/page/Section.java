package io.github.datastorelookup.verification.page;

import j2html.tags.DomContent;
import java.util.List;

/**
 * A part of the page that the contents link to.
 *
 * @param id its anchor
 * @param title its heading
 * @param content what is below the heading
 */
record Section(String id, String title, List<DomContent> content) {
  Section {
    content = List.copyOf(content);
  }
}
