package io.github.datastorelookup.specimens;

/** The four specimens, oldest first. */
public enum SpecimenKind {
  /** {@link Before6049}. */
  BEFORE_6049("before-6049"),
  /** {@link SeriesV2}. */
  SERIES_V2("series-v2"),
  /** {@link SeriesV2Reviewed}. */
  SERIES_V2_REVIEWED("series-v2-reviewed"),
  /** {@link Pbs423}. */
  PBS_4_2_3("pbs-4.2.3");

  private final String id;

  SpecimenKind(String id) {
    this.id = id;
  }

  /** The name in documents. */
  public String id() {
    return id;
  }

  /** Creates a specimen. */
  public Specimen create(Surroundings surroundings) {
    return switch (this) {
      case BEFORE_6049 -> new Before6049(surroundings);
      case SERIES_V2 -> new SeriesV2(surroundings);
      case SERIES_V2_REVIEWED -> new SeriesV2Reviewed(surroundings);
      case PBS_4_2_3 -> new Pbs423(surroundings);
    };
  }
}
