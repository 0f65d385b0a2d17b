// Runs before the page is drawn: light or dark as the person chose here, else as the system says. The server reads the cookie at the next visit.
(() => {
  const name = 'microtrader-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => { try { return localStorage.getItem(name); } catch { return null; } };
  const current = () => stored() ?? (system.matches ? 'dark' : 'light');
  const apply = () => {
    const theme = current();
    document.documentElement.dataset.theme = theme;
    document.cookie = `${name}=${theme}; path=/; max-age=31536000; samesite=strict`;
  };
  window.microtrader = {
    isDark: () => current() === 'dark',
    setDark: dark => {
      try { localStorage.setItem(name, dark ? 'dark' : 'light'); } catch { /* a browser that stores nothing: the cookie serves */ }
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
      document.cookie = `${name}=${dark ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=strict`;
    },
  };
  apply();
})();
