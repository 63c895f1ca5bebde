// The lane at the right edge of the strip chart: reports that may lie anywhere along the line, counted by offset.

const BINS = 10; // per height of the plus side

// Groups of one kind: rows whose middle offset lies in [low, high), and their tally.
function anywhereBins(frame, groups) {
  const size = frame.y.high / BINS;
  const bins = new Map();
  for (const group of groups) {
    const at = locatedOn(frame.line.id, group.spot);
    const step = Math.min(BINS - 1, Math.floor((at.low + at.high) / 2 / size));
    if (!bins.has(step)) {
      bins.set(step, { bin: true, spot: group.spot, rows: [], tally: [0, 0, 0, 0], low: step * size,
        high: (step + 1) * size });
    }
    const bin = bins.get(step);
    bin.rows.push(...group.rows);
    group.tally.forEach((number, verdict) => { bin.tally[verdict] += number; });
  }
  const most = Math.max(0, ...[...bins.values()].map(({ rows }) => rows.length));
  return [...bins.values()].sort((a, b) => b.low - a.low).map((bin) => ({ ...bin, share: bin.rows.length / most }));
}

function laneLeft(frame) {
  return frame.x(frame.x.high) + frame.gutter + 4;
}

function binTop(frame, bin) {
  const [top, floor] = [frame.y(bin.high), frame.y(Math.max(bin.low, frame.y.low))];
  return { top: top + 1.5, height: Math.max(3, floor - top - 3) };
}

function drawBins(frame, bins) {
  const room = frame.lane - (frame.lane > 60 ? 40 : 12);
  return s("g", { class: "bins" }, bins.map((bin) => {
    const { top, height } = binTop(frame, bin);
    const thin = Math.min(height, 16);
    let x = laneLeft(frame);
    const blocks = SHOWN_ORDER.filter((verdict) => bin.tally[verdict] > 0).map((verdict) => {
      const w = Math.max(2, room * bin.share * bin.tally[verdict] / bin.rows.length);
      x += w;
      return box(x - w, top + (height - thin) / 2, w, thin, `block b${verdict}`);
    });
    return [blocks, frame.lane > 60 ? text(x + 5, top + height / 2 + 4, count(bin.rows.length), "bin-count") : null];
  }));
}

function binBox(frame, bin, name) {
  const { top, height } = binTop(frame, bin);
  return box(laneLeft(frame) - 2, top, frame.lane - 4, height, name);
}

function inBin(frame, bin, x, y) {
  const { top, height } = binTop(frame, bin);
  return x >= laneLeft(frame) && x <= laneLeft(frame) + frame.lane && y >= top && y <= top + height;
}

function binWords(bin) {
  const parts = SHOWN_ORDER.filter((verdict) => bin.tally[verdict] > 0)
    .map((verdict) => `${count(bin.tally[verdict])} ${VERDICTS[verdict].word}`);
  return `${reports(bin.rows.length)} that may lie anywhere along the line, the middle of the offset from ${span(
    bin.low, bin.high)}: ${listed(parts)} under ${readingWords(state.reading)}`;
}
