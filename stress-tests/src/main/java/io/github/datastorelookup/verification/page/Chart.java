package io.github.datastorelookup.verification.page;

import io.github.datastorelookup.benchmarks.Figure;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.text.DecimalFormat;
import java.text.FieldPosition;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Draws measured times, each with its best and worst fork. The only user of JFreeChart. */
final class Chart {
  private static final int WIDTH = 1090;
  private static final int ROW = 26;
  private static final int AXIS = 40;
  private static final int NAMES = 520;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final double LEAST = 1;

  private Chart() {}

  /** Draws one row for each; all charts have the same axis, up to {@code most} nanoseconds. */
  static String svg(List<Figure> figures, double most) throws IOException {
    try {
      SVGGraphics2D graphics =
          new SVGGraphics2D(
              DocumentBuilderFactory.newDefaultNSInstance()
                  .newDocumentBuilder()
                  .getDOMImplementation()
                  .createDocument("http://www.w3.org/2000/svg", "svg", null));
      int height = AXIS + ROW * figures.size();
      chart(figures, most).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
      StringWriter svg = new StringWriter();
      graphics.stream(svg, true);
      return svg.toString()
          .replaceFirst("<svg ", "<svg width=\"" + WIDTH + "\" height=\"" + height + "\" ");
    } catch (ParserConfigurationException e) {
      throw new IOException("the JDK has no XML", e);
    }
  }

  private static JFreeChart chart(List<Figure> figures, double most) {
    SymbolAxis rows =
        new SymbolAxis(null, figures.stream().map(Chart::name).toArray(String[]::new));
    rows.setInverted(true);
    rows.setGridBandsVisible(false);
    LogAxis times = new LogAxis(null);
    times.setSmallestValue(LEAST);
    times.setRange(LEAST, most);
    times.setTickUnit(new NumberTickUnit(1, new RoundTimes()));
    inked(rows);
    inked(times);
    XYPlot plot = new XYPlot(data(figures), times, rows, renderer());
    AxisSpace names = new AxisSpace();
    names.setLeft(NAMES);
    plot.setFixedRangeAxisSpace(names, false);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(Palette.GRID.color());
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlinesVisible(false);
    JFreeChart chart = new JFreeChart(null, FONT, plot, false);
    chart.setBackgroundPaint(null);
    return chart;
  }

  /** Keeps the order of the figures: by default a series sorts by the time. */
  static XYIntervalSeriesCollection data(List<Figure> figures) {
    XYIntervalSeries series = new XYIntervalSeries("times", false, true);
    for (int i = 0; i < figures.size(); i++) {
      Figure figure = figures.get(i);
      series.add(figure.median(), figure.least(), figure.most(), i, i, i);
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(series);
    return data;
  }

  private static XYErrorRenderer renderer() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setErrorPaint(Palette.LINE.color());
    renderer.setErrorStroke(new BasicStroke(1.5f));
    renderer.setSeriesPaint(0, Palette.VALUE.color());
    renderer.setSeriesShape(0, new Ellipse2D.Double(-4, -4, 8, 8));
    return renderer;
  }

  private static void inked(ValueAxis axis) {
    axis.setLabelFont(FONT);
    axis.setTickLabelFont(FONT);
    axis.setLabelPaint(Palette.TEXT.color());
    axis.setTickLabelPaint(Palette.TEXT.color());
    axis.setAxisLinePaint(Palette.LINE.color());
    axis.setTickMarkPaint(Palette.LINE.color());
  }

  private static String name(Figure figure) {
    String title = figure.title().replace("`", "");
    String threads =
        figure.threads().equals("1")
            ? ""
            : ", " + figure.threads().replaceFirst(",", " threads on");
    return title + threads + ":  " + time(figure.median());
  }

  /** The time in a readable unit. */
  static String time(double nanos) {
    if (nanos >= 1e6) {
      return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
    return nanos >= 1e3
        ? String.format(Locale.ROOT, "%.1f \u00b5s", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ns", nanos);
  }

  /** The labels of the axis: powers of ten only. */
  private static final class RoundTimes extends DecimalFormat {
    private static final long serialVersionUID = 1;

    @Override
    public StringBuffer format(double nanos, StringBuffer text, FieldPosition position) {
      return text.append(time(nanos).replace(".0", ""));
    }
  }
}
