package io.github.datastorelookup.verification.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.datastorelookup.benchmarks.Figure;
import java.io.IOException;
import java.util.List;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measured times as a chart: each beside its own name. */
@Tag("runner")
final class ChartTest {
  private static final List<Figure> FIGURES =
      List.of(
          new Figure("slow `lookup`", "1", "1", 12_800, 12_700, 13_100),
          new Figure("<warm>", "1", "2, same datastores", 80.94, 79.7, 83.8));

  @Test
  void data_isInTheOrderOfTheFigures_withItsErrors() {
    XYIntervalSeriesCollection data = Chart.data(FIGURES);
    for (int i = 0; i < FIGURES.size(); i++) {
      assertEquals(i, data.getYValue(0, i));
      assertEquals(FIGURES.get(i).median(), data.getXValue(0, i));
      assertEquals(FIGURES.get(i).least(), data.getStartXValue(0, i));
      assertEquals(FIGURES.get(i).most(), data.getEndXValue(0, i));
    }
  }

  @Test
  void drawing_namesEachFigure_andItsTime() throws IOException {
    Document svg = Jsoup.parse(Svg.inlined(Chart.svg(FIGURES, 1e5), "id", "title", "text"));
    List<String> texts = svg.select("text").eachText();
    assertTrue(texts.contains("slow lookup: 12.8 \u00b5s"), texts.toString());
    assertTrue(texts.contains("<warm>, 2 threads on same datastores: 80.9 ns"), texts.toString());
  }
}
