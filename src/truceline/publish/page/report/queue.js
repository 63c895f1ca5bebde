// What is not in sight yet is drawn when the browser has time, piece by piece, so that a hand is never kept waiting.

const jobs = [];
const whenIdle = window.requestIdleCallback?.bind(window)
  ?? ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 1));

function later(job) {
  jobs.push(job);
  if (jobs.length === 1) whenIdle(work, { timeout: 500 });
}

function work(deadline) {
  do jobs.shift()?.(); while (jobs.length > 0 && deadline.timeRemaining() > 20);
  if (jobs.length > 0) whenIdle(work, { timeout: 500 });
}

// Everything at once: somebody prints, or jumps to what is not drawn yet.
function finish() {
  while (jobs.length > 0) jobs.shift()();
}
