// Starts the live page, says so when the host is away, and opens the page anew when it is back.
(() => {
  const away = document.getElementById('away');
  const since = document.getElementById('away-since');
  let waiting = false;

  const alive = async () => {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store', redirect: 'manual' });
      return answer.ok;
    } catch {
      return false;
    }
  };

  const comeBack = async () => {
    if (waiting) return;
    waiting = true;
    since.textContent = new Date().toLocaleTimeString();
    // A connection that is lost for a moment is no news.
    const shown = setTimeout(() => { away.hidden = false; }, 700);
    for (;;) {
      if (await alive()) {
        let same = false;
        // The host that drew this page knows it still; a new one does not, and what stands here is the old one's.
        try { same = await Blazor.reconnect(); } catch { same = false; }
        if (same) break;
        location.reload();
        return;
      }
      await new Promise(done => setTimeout(done, 1000));
    }
    clearTimeout(shown);
    away.hidden = true;
    waiting = false;
  };

  // A host that hangs, or a way that is cut off without a word, ends no connection for half a minute: until then only the standstill tells.
  const old = document.getElementById('old');
  const oldFor = document.getElementById('old-for');
  const longest = 5000;
  let beat, beatAt = performance.now(), lookedAt = beatAt;
  setInterval(() => {
    const now = performance.now();
    const live = document.querySelector('[data-beat]');
    // A browser that slept has nothing to say of the time between.
    if (!live || live.dataset.beat !== beat || now - lookedAt > 3000) {
      beat = live?.dataset.beat;
      beatAt = now;
    }
    lookedAt = now;
    const isOld = now - beatAt > longest && away.hidden;
    // Written only when it changes: a screen reader says it once.
    if (old.hidden === isOld) {
      old.hidden = !isOld;
      document.documentElement.toggleAttribute('data-old', isOld);
    }
    if (isOld) oldFor.textContent = Math.floor((now - beatAt) / 1000);
  }, 1000);

  Blazor.start({
    circuit: {
      reconnectionHandler: {
        onConnectionDown: () => { comeBack(); },
        onConnectionUp: () => { away.hidden = true; },
      },
    },
  }).catch(() => comeBack());
})();
