(() => {
  const root = document.documentElement;
  const kept = (key) => { try { return localStorage.getItem("yinzheng-" + key); } catch { return null; } };
  root.classList.add("scripted");
  root.dataset.ui = kept("ui") || (/^zh/i.test(navigator.language) ? "zh" : "en");
  if (kept("theme")) root.dataset.theme = kept("theme");
})();
