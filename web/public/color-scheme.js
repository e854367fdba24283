// Runs before the first paint, so that the page never flashes the wrong theme. An external file, because the
// content security policy allows no inline script. MUI keeps the chosen mode under `mui-mode`.
;(function () {
  var mode = 'system'
  try {
    mode = localStorage.getItem('mui-mode') || 'system'
  } catch (_) {}
  var dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-theme', dark ? 'dark' : 'light')
})()
