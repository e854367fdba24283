// Runs before the first paint, so that the page never flashes the wrong theme. An external file, because the
// content security policy allows no inline script. MUI keeps the chosen mode under `mui-mode`.
const keptMode = () => {
  try {
    return localStorage.getItem('mui-mode') ?? 'system'
  } catch {
    return 'system'
  }
}

const mode = keptMode()
const dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
document.documentElement.dataset.theme = dark ? 'dark' : 'light'
